"""Every refusal there is: code and sentence, which says what was found, what was expected, what to do."""

from minsheng.notices.document import Refusal

_READABLE = "本版本只读取 txt 和 html 格式的通知正文"

_SENTENCES: tuple[tuple[str, str], ...] = (
    ("empty_file", "文件是空的（0 字节），没有可读的内容：请检查原文件，重新下载或复制后再选一次。"),
    ("no_text", "文件里只有空白，没有文字：应当是通知的正文（txt 或 html），请打开原文件核对后重新另存。"),
    (
        "too_large",
        "文件有 {size}，超过上限 {limit}：一份通知的正文通常不到 1 MB，"
        "请只导入通知正文（txt 或 html），不要带图片、视频或压缩包。",
    ),
    (
        "word_file",
        "这是 Word（或 WPS 文字）文件，"
        + _READABLE
        + "：请用 Word 或 WPS 打开，“另存为”纯文本（.txt）或网页（.html），再导入新文件；"
        "只改扩展名不起作用。",
    ),
    (
        "excel_file",
        "这是 Excel（或 WPS 表格）文件，"
        + _READABLE
        + "：请打开后“另存为”网页（.html），或把内容复制到文本文件（.txt）里再导入。",
    ),
    (
        "slides_file",
        "这是演示文稿文件，" + _READABLE + "：请把其中的通知正文复制到文本文件（.txt）里再导入。",
    ),
    (
        "pdf_file",
        "这是 PDF 文件，" + _READABLE + "：请打开后复制全部文字，粘贴到文本文件（.txt）里保存，再导入；"
        "如果文字不能复制，说明是扫描件，请改用原始的电子文本。",
    ),
    (
        "ofd_file",
        "这是 OFD 版式文件，" + _READABLE + "：请用 OFD 阅读器打开，复制全部文字到文本文件（.txt）里再导入。",
    ),
    (
        "rtf_file",
        "这是 RTF（写字板）文件，" + _READABLE + "：请用 Word 或 WPS 打开，“另存为”纯文本（.txt）再导入。",
    ),
    ("archive_file", "这是压缩包，" + _READABLE + "：请先解压，再导入其中的通知正文。"),
    (
        "image_file",
        "这是图片，" + _READABLE + "，不识别图片里的字：请改用原始的电子文本，或先转成文字再导入。",
    ),
    (
        "mhtml_file",
        "这是“单个文件网页”（mht），"
        + _READABLE
        + "：请在浏览器里重新保存，类型选“网页，仅 HTML”，或复制文字到文本文件（.txt）里再导入。",
    ),
    (
        "tangled_page",
        "网页的标签套了 {deepest} 层以上，不是正常的网页，没有解析：请在浏览器里打开，"
        "复制文字到文本文件（.txt）里再导入。",
    ),
    (
        "binary_file",
        "这不是文字文件（内容是二进制数据），" + _READABLE + "：请确认选对了文件，再导入通知正文。",
    ),
    (
        "undecodable_text",
        "第 {line} 行附近有认不出的字节，按 UTF-8、GBK（GB18030）和 UTF-16 都读不通，文件可能已损坏："
        "请重新下载原文件，或用记事本打开后“另存为”，编码选 UTF-8，再导入。",
    ),
    (
        "garbled_text",
        "文件能打开，但里面是乱码（例如“{sample}”），多半是用错误的编码打开后又保存过："
        "应当是通顺的中文，请回到原网页或原文件重新保存，编码选 UTF-8，再导入。",
    ),
    (
        "no_chinese_text",
        "文件里几乎没有中文（{share}），不像是一份通知："
        "应当是通知的中文正文（txt 或 html），请确认选对了文件。",
    ),
)

_BY_CODE = dict(_SENTENCES)

REFUSAL_CODES: tuple[str, ...] = tuple(code for code, _ in _SENTENCES)
"""Every code a Refusal can have."""


def refuse(code: str, **facts: str) -> Refusal:
    """The refusal of this code with its facts filled in. KeyError: no such code, or a fact is missing."""
    return Refusal(code=code, message=_BY_CODE[code].format(**facts))
