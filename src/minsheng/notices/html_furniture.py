"""The furniture of a page: menus, footers and the like, known by their names and by what they are made of.

Only what holds no sentence, no figure and no heading is furniture. A site may call anything by any name,
and a notice must not be lost.
"""

import re

from selectolax.lexbor import LexborNode

_TAGS = frozenset({"nav", "footer", "aside", "header"})
_NAMED = frozenset({"div", "section", "ul", "ol", "dl", "table", "p", "span", "center", "form"}) | _TAGS
_WORDS = re.compile(
    r"(?:^|[\s_-])(?:top-?)?(?:nav(?:bar|igation|i)?|menu|sub-?menu|foot(?:er)?|copyright|bread-?crumbs?|crumbs?"
    r"|location|position|side-?bar|share|bshare\w*|bdshare\w*|pager|pagination|toolbar|search(?:-?box)?|links?"
    r"|friend-?links?|related|recommend|qr-?code|comments?|reply|print|font-?size|login|lang|skip)\d*(?:$|[\s_-])",
    re.IGNORECASE,
)
_SAYS = re.compile(r"[。；;]|[（(]\s*(?:牵头|责任|配合|协同)|\d\s*(?:万|亿|个|人|户|所|套|名|公里|%)")
_LONGEST = 4000
"""Characters. What is longer is no furniture, whatever it is called."""

_LEAST_LINKS = 5


def is_furniture(tag: str, node: LexborNode) -> bool:
    """Whether an element is to be left out: named like furniture, or a list of nothing but short links."""
    if tag not in _NAMED:
        return False
    named = tag in _TAGS or _is_named(node)
    if not named and tag not in {"ul", "dl"}:
        return False
    text = node.text(deep=True, strip=True)
    if len(text) > _LONGEST or _SAYS.search(text) or node.css_first("h1, h2"):
        return False
    links = node.css("a")
    linked = sum(len(link.text(deep=True, strip=True)) for link in links)
    all_links = len(links) >= _LEAST_LINKS and linked >= 0.9 * len(text) and linked <= 12 * len(links)
    return all_links or (named and (len(text) <= 300 or linked >= 0.5 * len(text)))


def _is_named(node: LexborNode) -> bool:
    attributes = node.attributes
    words = f"{attributes.get('id') or ''} {attributes.get('class') or ''}" if attributes else ""
    # fooBar and foo-bar are names of the same kind.
    return bool(_WORDS.search(re.sub(r"(?<=[a-z])(?=[A-Z])", "-", words))) if words != " " else False
