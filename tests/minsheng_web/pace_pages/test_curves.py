"""An office sets what is asked by when: as typed, looked at before it holds, refused with what was typed kept."""

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection

from minsheng.progress.pace.curves import Curve, stages_due
from minsheng.progress.periods import Period
from minsheng_web.records.models import AuditEvent, OwnCurve, PublishedTarget
from minsheng_web.records.pace_rules import curves_of

SHARES = ["0", "0", "5", "10", "20", "30", "40", "50", "60", "80", "90", "100"]
TAGS = re.compile(r"<[^>]+>")


@pytest.fixture
def desk(spring):
    """The page of the indicator's curve, for somebody; with a form: as it answers."""
    address = f"/programmes/{spring.version.programme_id}/pace/curves/{spring.indicator.pk}/"

    def act(form=None, who="own"):
        client = spring.house.client(who)
        return client.get(address) if form is None else client.post(address, form)

    return act


def form(shares=SHARES, **more):
    typed = {f"share.{at}": share for at, share in enumerate(shares, 1)}
    return typed | {"way": "own", "seen": "0", "reason": "下半年集中招聘", "act": "set"} | more


def rows(answer, number=0):
    table = re.findall(r'<table class="sheet pace-table.*?</table>', answer.content.decode(), re.DOTALL)[
        number
    ]
    lines = re.findall(r"<tr.*?</tr>", table, re.DOTALL)
    return [
        [unescape(TAGS.sub("", cell)).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", line, re.DOTALL)]
        for line in lines
    ]


def test_the_year_as_it_is_asked_for_now(desk):
    page = desk()
    year = rows(page)
    assert year[0] == ["填报期", "应完成（累计%）", "应完成（人）", "填报期状态"]
    assert year[1:4] == [
        ["1月", "8.33", "2,750", ""],
        ["2月", "16.67", "5,500", "已关闭"],
        ["3月", "25", "8,250", "已关闭"],
    ]
    assert year[12] == ["12月", "100", "33,000", ""]
    text = page.content.decode()
    assert 'data-chart="line"' in text
    assert "从下一次关闭填报期起按它评，已关闭的各期不变。" in text
    assert 'name="share.2" value="16.67"' in text


def test_looking_shows_both_and_sets_nothing(desk):
    page = desk(form(act="look", reason=""))
    assert page.status_code == 200
    assert rows(page)[0] == [
        "填报期",
        "现在（累计%）",
        "现在（人）",
        "改为（累计%）",
        "改为（人）",
        "填报期状态",
    ]
    assert rows(page)[4] == ["4月", "33.33", "11,000", "10", "3,300", ""]
    assert "还没有设置" in page.content.decode()
    assert not OwnCurve.objects.exists()


def test_own_shares_are_set_with_a_reason_and_listed(desk, spring):
    assert desk(form()).status_code == 302
    made = OwnCurve.objects.get()
    assert (made.number, made.reason, made.made_by) == (1, "下半年集中招聘", spring.house.people["own"])
    assert made.curve == {"way": "own", "milestones": [], "shares": SHARES, "between": "even"}
    assert AuditEvent.objects.filter(action="indicator.curve").count() == 1
    page = desk()
    assert rows(page)[4] == ["4月", "10", "3,300", ""]
    assert rows(page, 1)[1][0:2] == [
        "第1次",
        "按自定进度：1月0%，2月0%，3月5%，4月10%，5月20%，6月30%，7月40%，8月50%，9月60%，10月80%，11月90%，12月100%",
    ]
    assert rows(page, 1)[1][3] == "下半年集中招聘"


def test_back_to_a_straight_line(desk):
    desk(form())
    assert desk(form(way="line", seen="1", reason="恢复均匀推进")).status_code == 302
    assert OwnCurve.objects.get(number=2).curve["way"] == "line"
    assert rows(desk())[4] == ["4月", "33.33", "11,000", ""]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"share.4": "1O"}, "4月："),
        ({"share.4": "3"}, "4月填的是3%，比前面的5%小"),
        ({"share.12": "99"}, "12月是最后一期，应为100%，现在是99%。"),
        ({"reason": " "}, "没有设置：请写明调整进度安排的理由和依据。"),
        ({"way": "milestones"}, "请先选择按哪种进度。"),
        ({"way": ""}, "请先选择按哪种进度。"),
    ],
)
def test_wrong_input_is_told_and_kept(desk, changed, message):
    answer = desk(form(**changed))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert message in page
    for name, value in changed.items():
        if name.startswith("share"):
            assert re.search(rf'name="{name}" value="{value}"[^>]*aria-invalid', page)
    assert 'name="share.10" value="80"' in page
    assert not OwnCurve.objects.exists()


def test_twice_is_set_once(desk):
    desk(form())
    answer = desk(form())
    assert answer.status_code == 409
    assert "您查看期间已设置第1次进度安排，没有重复设置。" in answer.content.decode()
    assert OwnCurve.objects.count() == 1


def test_others_see_it_and_set_nothing(desk):
    desk(form())
    page = desk(who="county")
    assert page.status_code == 200
    assert "curve-form" not in page.content.decode()
    assert rows(page)[4] == ["4月", "10", "3,300", ""]
    assert desk(form(seen="1"), who="county").status_code == 403
    assert OwnCurve.objects.count() == 1


def test_milestones_of_the_notice_are_shown_with_their_words_and_line(desk, spring):
    target = PublishedTarget.objects.get(pk=spring.indicator.target_id)
    with connection.cursor() as cursor:  # the row itself never changes
        cursor.execute(
            f"UPDATE {PublishedTarget._meta.db_table} SET sentence = %s WHERE id = %s",
            ["全年新增就业33000人，6月底前完成70%。", target.pk],
        )
    page = desk()
    assert rows(page, 1)[1] == ["2023-06-30", "70%", "6月底前完成70%", f"第{target.line}行"]
    assert rows(page)[6] == ["6月", "70", "23,100", ""]
    assert desk(form(way="line", reason="均匀")).status_code == 302
    assert rows(desk())[6] == ["6月", "50", "16,500", ""]
    assert desk(form(way="milestones", seen="1", reason="照方案")).status_code == 302
    assert OwnCurve.objects.get(number=2).curve is None
    assert rows(desk())[6] == ["6月", "70", "23,100", ""]
    assert rows(desk(), 2)[1][1] == "按方案写的"


def test_a_target_without_an_amount_over_the_year_has_no_form(desk, spring):
    type(spring.indicator).objects.filter(pk=spring.indicator.pk).update(kind="at_least")
    page = desk().content.decode()
    assert "curve-form" not in page
    assert "所以不设进度安排" in page
    assert desk(form()).status_code == 409
    assert not OwnCurve.objects.exists()


@pytest.fixture
def works(desk, spring):
    """The same indicator as works."""
    type(spring.indicator).objects.filter(pk=spring.indicator.pk).update(kind="stages")
    return desk


def days(**more):
    typed = {"day.started": "3月31日", "day.completed": "2023-10-31", "day.in_use": ""}
    return typed | {"way": "planned", "seen": "0", "reason": "施工计划"} | more


def test_works_have_a_form_for_planned_days(works):
    page = works().content.decode()
    assert 'id="days-form"' in page
    assert "curve-form" not in page
    assert "方案没有写明日期，办公室也没有另设" in page
    assert works(who="county").content.decode().count('id="days-form"') == 0


def test_planned_days_are_set_with_a_reason_told_and_judged(works, spring):
    assert works(days()).status_code == 302
    made = OwnCurve.objects.get()
    curve = Curve.from_json(made.curve)
    assert [(one.stage, one.until, one.share) for one in curve.milestones] == [
        ("started", date(2023, 3, 31), 100),
        ("completed", date(2023, 10, 31), 100),
    ]
    assert curves_of([spring.indicator.pk])[spring.indicator.pk] == curve
    due = stages_due(curve, Period("month", 2023, 4))
    assert [(one.stage, run) for one, run in due] == [("started", 2)]
    page = works()
    assert rows(page)[1][:2] == ["第1次", "计划开工不晚于2023-03-31，完工不晚于2023-10-31"]
    assert 'name="day.started" value="2023-03-31"' in page.content.decode()
    assert AuditEvent.objects.filter(action="indicator.curve").count() == 1


def test_back_to_what_the_notice_says_of_works(works):
    works(days())
    assert works(days(way="milestones", seen="1", reason="照方案")).status_code == 302
    assert OwnCurve.objects.get(number=2).curve is None


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"day.started": "三月"}, "开工：“三月”不是日期"),
        ({"day.started": "2023-02-30"}, "没有这一天"),
        ({"day.completed": "2023-03-01"}, "计划完工（2023-03-01）早于开工（2023-03-31），请核对日期。"),
        ({"day.started": "", "day.completed": ""}, "没有填写计划日期，请至少填一个节点。"),
        ({"reason": ""}, "没有设置：请写明调整进度安排的理由和依据。"),
        ({"way": ""}, "请先选择按哪种日期。"),
        ({"seen": "7"}, "您查看期间已设置第0次进度安排"),
    ],
)
def test_wrong_days_are_told_and_kept(works, changed, message):
    answer = works(days(**changed))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert message in page
    for name, value in changed.items():
        if name.startswith("day"):
            assert f'name="{name}" value="{value}"' in page
    assert not OwnCurve.objects.exists()


def test_who_sets_no_days(works):
    assert works(days(), who="county").status_code == 403
    assert not OwnCurve.objects.exists()
