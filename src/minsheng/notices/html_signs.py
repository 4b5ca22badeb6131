"""Does a text look like a web page?"""

import re

_TAGS = (
    "html|head|body|meta|title|div|p|table|tr|td|span|section|article|h[1-6]|br|ul|ol|a|center|font"
    "|script|style"
)
_BEGINS_AS_PAGE = re.compile(
    rf"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|(?:{_TAGS})[\s/>])",
    re.IGNORECASE | re.DOTALL,
)
_OPENS_PAGE = re.compile(r"<!doctype\s+html|<(?:html|body)[\s>]", re.IGNORECASE)


def looks_like_html(text: str) -> bool:
    """Whether the text begins like a page or a piece of one, or soon opens a page and closes an element."""
    start = text[:4096]
    return bool(_BEGINS_AS_PAGE.match(start)) or bool(_OPENS_PAGE.search(start) and "</" in text)
