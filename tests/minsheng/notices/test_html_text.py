"""Pages to lines: what is read, what stays out, tables, hostile pages."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.notices.document import Document, Refusal
from minsheng.notices.html_signs import is_tangled, looks_like_html
from minsheng.notices.html_text import html_lines
from minsheng.notices.reading import read_document


def lines(body: str) -> tuple[str, ...]:
    return html_lines(f"<!DOCTYPE html><html><head><title>题</title></head><body>{body}</body></html>")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>甲</p><p>乙</p>", ("甲", "乙")),
        ("甲<br>乙<br/>丙", ("甲", "乙", "丙")),
        ("<div>甲<div>乙</div>丙</div>", ("甲", "乙", "丙")),
        ("<p>城镇<b>新增</b><span>就业</span>3万人</p>", ("城镇新增就业3万人",)),
        ("<p>  甲 \n  </p>\n\n<p></p><p>&nbsp;</p><p>乙</p>", ("甲", "乙")),
        ("<p>　　甲&nbsp;乙&ensp;丙</p>", ("甲 乙\u2002丙",)),
        ("<p>促进\n    就业</p>", ("促进就业",)),
        ("<p>Word\n    2023</p>", ("Word 2023",)),
        ("<p>A&amp;B&lt;5&#20803;&#x4EBA;&gt;3</p>", ("A&B<5元人>3",)),
        ("<p>零\u200b宽\ufeff字\u00ad符</p>", ("零宽字符",)),
        ("<ul><li>甲</li><li>乙</li></ul>", ("甲", "乙")),
        ("<h1>题目</h1>正文<hr>页脚", ("题目", "正文", "页脚")),
        ("<pre>第一行\n  第二行\n\n第四行</pre>后文", ("第一行", "  第二行", "第四行", "后文")),
        ("<p>甲<p>乙<p>丙", ("甲", "乙", "丙")),
        ("<a href='javascript:alert(1)'>链接</a>", ("链接",)),
    ],
)
def test_blocks_become_lines(body, expected):
    assert lines(body) == expected


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>alert('密')</script>",
        "<SCRIPT type='text/template'><p>密</p></SCRIPT>",
        "<style>p{content:'密'}</style>",
        "<noscript><p>密</p></noscript>",
        "<template><p>密</p></template>",
        "<!-- 密 -->",
        "<!--[if IE]><p>密</p><![endif]-->",
        "<p hidden>密</p>",
        "<div style='color:red; DISPLAY : none'><p>密</p></div>",
        "<div style='visibility:hidden'>密</div>",
        "<select><option>密</option></select>",
        "<textarea>密</textarea>",
        "<button>密</button>",
        "<svg><text>密</text><script>密</script></svg>",
        "<iframe>密</iframe>",
        "<object>密</object>",
        "<input value='密'><img alt='密'>",
        "<script>document.write('<p>密</p>')</script>",
        "<script><!-- </p> 密 --></script>",
    ],
)
def test_what_is_no_text_of_the_page_stays_out(hidden):
    assert lines(f"<p>前</p>{hidden}<p>后</p>") == ("前", "后")


def test_the_head_stays_out():
    assert lines("<p>正文</p>") == ("正文",)


def test_an_unclosed_script_swallows_the_rest():
    assert lines("<p>前</p><script>密<p>密</p>") == ("前",)


# --- tables ---------------------------------------------------------------------------------------


def test_a_row_is_a_line_and_cells_are_parted_by_tabs():
    page = "<p>附件</p><table><tr><th>单位</th><th>数量（个）</th></tr><tr><td>甲区</td><td> 12 </td></tr></table><p>完</p>"
    assert lines(page) == ("附件", "", "单位\t数量（个）", "甲区\t12", "", "完")


def test_merged_cells_stand_once_and_leave_blanks():
    page = """<table>
      <tr><th rowspan=2>单位</th><th colspan=2>一、就业</th><th rowspan="2">二、教育</th></tr>
      <tr><th>新增就业</th><th>见习岗位</th></tr>
      <tr><td>甲区</td><td>1</td><td>2</td><td>3</td></tr>
    </table>"""
    assert lines(page) == ("单位\t一、就业\t\t二、教育", "\t新增就业\t见习岗位\t", "甲区\t1\t2\t3")


def test_a_merge_over_rows_at_the_end_of_a_row_keeps_its_place():
    page = "<table><tr><td>甲</td><td rowspan=3>乙</td></tr><tr><td>丙</td></tr><tr><td>丁</td></tr><tr><td>戊</td><td>己</td></tr></table>"
    assert lines(page) == ("甲\t乙", "丙\t", "丁\t", "戊\t己")


def test_blocks_in_a_cell_are_parted_by_a_space_and_wraps_vanish():
    page = "<table><tr><td>农村<br>低保<br> 标准<br>3<br>个</td><td><p>甲区</p><p>乙区</p></td></tr><tr><td>1</td><td>2</td></tr></table>"
    assert lines(page) == ("农村低保标准 3 个\t甲区 乙区", "1\t2")


def test_hidden_cells_rows_and_scripts_stay_out_of_tables():
    page = "<table><tr><td>甲</td><td>乙<script>密</script></td></tr><tr hidden><td>密</td><td>密</td></tr><tr><td>丙</td><td>丁</td></tr></table>"
    assert lines(page) == ("甲\t乙", "丙\t丁")


def test_a_caption_stands_before_the_rows():
    assert lines("<table><caption>分解表</caption><tr><td>甲</td><td>1</td></tr></table>") == (
        "分解表",
        "甲\t1",
    )


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td><p>甲</p><p>乙</p></td></tr></table>",
        "<table><tr><td>&nbsp;</td><td><p>甲</p><p>乙</p></td></tr></table>",
        "<table><tr><td><table><tr><td>甲</td></tr></table></td><td><p>乙</p></td></tr></table>",
    ],
)
def test_a_table_that_only_places_text_is_read_as_blocks(page):
    assert lines(page) == ("甲", "乙")


def test_a_data_table_inside_a_placing_table_keeps_its_rows():
    inner = "<table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>"
    page = f"<table><tr><td>栏目</td></tr><tr><td><p>正文</p>{inner}<p>完</p></td></tr></table>"
    assert lines(page) == ("栏目", "正文", "", "甲\t1", "乙\t2", "", "完")


def test_absurd_spans_are_clipped_to_the_table():
    page = "<table><tr><td colspan=999999>题</td></tr><tr><td rowspan=999999>甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>"
    assert lines(page) == ("题\t", "甲\t乙", "\t丙")
    assert lines("<table><tr><td colspan=-3>甲</td><td colspan='x'>乙</td></tr></table>") == ("甲\t乙",)


# --- hostile pages --------------------------------------------------------------------------------


def test_nesting_is_read_as_deep_as_browsers_go():
    assert lines("<div>" * 500 + "底" + "</div>" * 500) == ("底",)


@pytest.mark.parametrize(
    "opening", ["<div>", "<b>", "<SPAN class='a'>", "<a href=x>", "<x-y>", "<p><font size=3>"]
)
def test_deeper_nesting_is_refused_unparsed(opening):
    start = time.process_time()
    refusal = read_document(f"<html><body>通知{opening * 200_000}底".encode(), "x")
    assert (type(refusal), refusal.code) == (Refusal, "tangled_page")
    assert time.process_time() - start < 3  # parsing it would take minutes


@pytest.mark.parametrize(
    "piece",
    [
        "<p>甲",
        "<li>甲",
        "<br>",
        "<tr><td>甲",
        "<div>甲</div>",
        "<B>甲</b>",
        "<img src=x>",
        "<path d='' />",
        "<script>for(i=0;i<n.length;i++)if(a<b&&b>c)w('<div>')</script>",
        "<style>a{}</style><!-- <div> -->",
    ],
)
def test_many_elements_beside_each_other_are_no_nesting(piece):
    assert not is_tangled(f"<html><body>{piece * 5000}")


@pytest.mark.parametrize("opening", ["<script>", "<!--", "<style>"])
def test_many_unclosed_scripts_are_looked_at_once(opening):
    assert not is_tangled(f"<html><body>{opening * 200_000}")


@pytest.mark.parametrize("filling", ["甲<br>", " ", "甲 \n", "&nbsp;", "<br>"])
def test_a_huge_cell_is_no_matter(filling):
    start = time.process_time()
    page = f"<table><tr><td>甲{filling * 30_000}乙</td><td>1</td></tr><tr><td>丙</td><td>2</td></tr></table>"
    assert lines(page)[1] == "丙\t2"
    assert time.process_time() - start < 3


def test_many_empty_spans_are_no_matter():
    row = "<tr>" + "<td colspan=1000>1</td>" * 100 + "</tr>"
    assert len(lines("<table>" + row * 200 + "</table>")) == 200


@given(st.text(st.sampled_from(list("<>/!-= \"'trdpbscriptable甲乙1&#;\n")), max_size=200))
def test_random_markup_never_raises(text):
    document = read_document(f"<html><body>通知{text}".encode(), "x")
    if isinstance(document, Document):
        assert all("\n" not in line for line in document.lines)


@given(st.lists(st.text("甲乙丙丁123人", min_size=1, max_size=8), min_size=1, max_size=8), st.randoms())
def test_script_text_never_comes_through(paragraphs, random):
    parts = []
    for paragraph in paragraphs:
        parts.append(f"<p>{paragraph}</p>")
        parts.append(random.choice(["<script>密()</script>", "<noscript>密</noscript>", "<style>密</style>"]))
    assert lines("".join(parts)) == tuple(paragraphs)


# --- recognising and decoding ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html><p>x",
        "\n <HTML>",
        "<?xml version='1.0'?><html>",
        "<p>x</p>",
        "<!-- c --><div>x",
        "<table><tr>",
    ],
)
def test_pages_are_recognised(text):
    assert looks_like_html(text)


@pytest.mark.parametrize("text", ["一、就业", "a < b > c", "<通知>", "见 <p> 段", "<<一>>"])
def test_texts_are_not_taken_for_pages(text):
    assert not looks_like_html(text)


PAGE = (
    "<html><head><meta charset='{}'></head><body><p>推进四好农村路建设，新建公路120公里。</p></body></html>"
)


@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "GBK", "iso-8859-1", "no-such-codec"])
@pytest.mark.parametrize(("codec", "encoding"), [("utf-8", "utf-8"), ("gbk", "gb18030")])
def test_a_declared_charset_is_checked_against_the_bytes(declared, codec, encoding):
    document = read_document(PAGE.format(declared).encode(codec), "x.html")
    assert isinstance(document, Document)
    assert (document.encoding, document.lines) == (encoding, ("推进四好农村路建设，新建公路120公里。",))


def test_big5_is_read_where_the_page_declares_it():
    page = PAGE.format("big5").replace(
        "推进四好农村路建设，新建公路120公里。", "為民辦實事項目實施方案請認真貫徹執行。" * 3
    )
    document = read_document(page.encode("big5"), "x.html")
    assert isinstance(document, Document)
    assert (document.encoding, document.lines) == ("big5", ("為民辦實事項目實施方案請認真貫徹執行。" * 3,))


# --- furniture ------------------------------------------------------------------------------------

BODY = "<p>一、就业促进</p><p>1.新增就业3万人。（牵头单位：市人社局）</p>"
TEXT = ("一、就业促进", "1.新增就业3万人。（牵头单位：市人社局）")


@pytest.mark.parametrize(
    "furniture",
    [
        "<nav><a>首页</a><a>政务公开</a></nav>",
        "<div class='top_nav clearfix'><a>首页</a> <a>政务公开</a></div>",
        "<div id='mainMenu'><ul><li><a>首页</a></li><li><a>民生</a></li></ul></div>",
        "<div class='breadcrumb'>您当前的位置：<a>首页</a> &gt; <a>民生</a></div>",
        "<ul><li><a>市政府</a><li><a>市发改委</a><li><a>市教育局</a><li><a>市民政局</a><li><a>市财政局</a></ul>",
        "<footer>主办：某市人民政府办公室 电话：0550-12345</footer>",
        "<div class='footer2'>主办单位：某市政府 备案号：某ICP备1号</div>",
        "<div class='bdsharebuttonbox share'>分享到：<a>微信</a></div>",
        "<div class='font-size'>字号：<a>大</a><a>小</a></div>",
        "<aside>相关阅读</aside>",
    ],
)
def test_furniture_stays_out(furniture):
    assert lines(f"{furniture}<div id='zoom'>{BODY}</div>{furniture}") == TEXT


@pytest.mark.parametrize(
    "holder",
    [
        "<div class='nav'>{}</div>",
        "<footer>{}</footer>",
        "<div id='print'>{}</div>",
        "<div class='content-position'>{}</div>",
        "<header>{}</header>",
        "<ul class='links'><li>{}</li></ul>",
        "<div class='article navy menubar2x'>{}</div>",
    ],
)
def test_a_notice_is_never_furniture_whatever_holds_it(holder):
    assert lines(holder.format(BODY)) == TEXT


def test_a_heading_and_a_figure_stay_whatever_holds_them():
    assert lines("<header><h1>某市民生实事方案</h1></header><p class='print'>新增床位300个</p>") == (
        "某市民生实事方案",
        "新增床位300个",
    )


def test_a_short_list_of_attachments_and_a_list_of_projects_stay():
    attachments = "<ul><li><a>附件1：任务分解表</a></li><li><a>附件2：任务清单</a></li></ul>"
    projects = (
        "<ul>"
        + "".join(f"<li><a>{n}.新增第{n}类养老床位和托育床位共计{n}00张</a></li>" for n in range(1, 8))
        + "</ul>"
    )
    assert len(lines(attachments + projects)) == 9


def test_a_table_of_the_text_stays_though_it_is_named_like_furniture():
    table = "<table class='print'><tr><td>县区</td><td>任务（牵头单位：市民政局）</td></tr><tr><td>甲县</td><td>3</td></tr></table>"
    assert lines(table) == ("县区\t任务（牵头单位：市民政局）", "甲县\t3")


# --- pages without end ----------------------------------------------------------------------------


@pytest.mark.parametrize("tag", ["div", "ul", "span", "a", "table", "b"])
@pytest.mark.parametrize("closed", [True, False])
def test_a_hundred_thousand_elements_in_one_another_are_read_in_time(tag, closed):
    page = f"<{tag} class='x'>" * 100_000 + "<p>新增<b>就业</b>3万人&amp;培训</p><script>密</script>"
    start = time.perf_counter()
    assert lines(page + f"</{tag}>" * 100_000 * closed) == ("新增就业3万人&培训",)
    assert time.perf_counter() - start < 5


def test_many_elements_side_by_side_are_read_as_ever():
    cells = "<tr><td>甲县<td>3</tr>" * 5000
    assert lines(f"<div>就业<br></div>{'<p>教育' * 5000}<table>{cells}</table>")[-1] == "甲县\t3"
