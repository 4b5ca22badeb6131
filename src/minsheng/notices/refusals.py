"""Every refusal there is: code and sentence, which says what was found, what was expected, what to do."""

from minsheng.notices.document import Refusal

_READABLE = "本版本读取 txt、html、docx、pdf、xlsx 等格式的通知正文"

_SENTENCES: tuple[tuple[str, str], ...] = (
    ("empty_file", "文件是空的（0 字节），没有可读的内容：请检查原文件，重新下载或复制后再选一次。"),
    ("no_text", "文件里只有空白，没有文字：应当是通知的正文，请打开原文件核对后重新另存。"),
    (
        "too_large",
        "文件有 {size}，超过上限 {limit}：一份通知的正文通常不到 1 MB，"
        "请只导入通知正文，不要带图片、视频或压缩包。",
    ),
    (
        "damaged_file",
        "这个{kind}文件已损坏或不完整，打不开（可能没有下载完）：请重新下载原文件，或用原来的软件打开后另存一份，再导入。",
    ),
    (
        "encrypted_file",
        "这个{kind}文件有密码保护，不能读取：请用密码打开后去掉保护，另存一份，再导入。",
    ),
    (
        "unpacks_too_large",
        "这个{kind}文件解开后的内容大得不正常，不像是一份通知：请核对是否选对了文件，只保留通知正文后另存，再导入。",
    ),
    (
        "reader_stopped",
        "这个{kind}文件的结构异常，读取时超出了时间或内存的限度，已经停止：请用原来的软件打开后另存一份，再导入。",
    ),
    ("reading_cancelled", "读取已取消，文件没有导入：需要时请重新导入。"),
    (
        "office_missing",
        "这是{kind}文件，要靠 LibreOffice 才能读取，这台机器上没有安装："
        "请用 Word 或 WPS 打开，“另存为”docx 再导入，或请管理员安装 LibreOffice。",
    ),
    (
        "office_failed",
        "这个{kind}文件没有能转换成 docx（LibreOffice 报错或超时），文件可能已损坏："
        "请用 Word 或 WPS 打开，“另存为”docx，再导入。",
    ),
    (
        "ocr_missing",
        "这是{kind}，里面只有图像、没有文字，要靠文字识别组件才能读取，这台机器上没有安装："
        "请改用原始的电子文本，或请管理员安装文字识别组件（requirements/ocr.txt）。",
    ),
    (
        "ocr_no_text",
        "这是{kind}，文字识别没有认出文字：请换一份清晰、端正的扫描件，或改用原始的电子文本。",
    ),
    (
        "pdf_without_codes",
        "这个 PDF 文件能显示，但取出的文字是乱码（例如“{sample}”），"
        "多半是字体没有带编码：请改用原始的 Word 文件，或打印成图片后再识别。",
    ),
    (
        "slides_file",
        "这是演示文稿文件，" + _READABLE + "：请把其中的通知正文复制到文本文件（.txt）里再导入。",
    ),
    (
        "ofd_file",
        "这是 OFD 版式文件，"
        + _READABLE
        + "：请用 OFD 阅读器打开，另存为 PDF，或复制全部文字到文本文件（.txt）里，"
        "再导入。",
    ),
    ("archive_file", "这是压缩包，" + _READABLE + "：请先解压，再导入其中的通知正文。"),
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
        "文件里几乎没有中文（{share}），不像是一份通知：应当是通知的中文正文，请确认选对了文件。",
    ),
)

_BY_CODE = dict(_SENTENCES)

REFUSAL_CODES: tuple[str, ...] = tuple(code for code, _ in _SENTENCES)
"""Every code a Refusal can have."""

KIND_NAMES: dict[str, str] = {
    "docx": " Word（docx）",
    "doc": " Word（doc）或 WPS 文字",
    "odt": " ODT 文字",
    "rtf": " RTF（写字板）",
    "wordxml": " Word（XML）",
    "xlsx": " Excel（xlsx）",
    "xlsb": " Excel（xlsb）",
    "xls": " Excel（xls）或 WPS 表格",
    "ods": " ODS 表格",
    "office": " Word 或 Excel ",
    "pdf": " PDF ",
    "image": "图片",
}
"""What a kind of file is called within a sentence, with the blanks that Latin letters take."""


def refuse(code: str, **facts: str) -> Refusal:
    """The refusal of this code with its facts filled in. KeyError: no such code, or a fact is missing."""
    return Refusal(code=code, message=_BY_CODE[code].format(**facts))
