"""Routes from the notice to the published programme."""

from permissions.rows import (
    EVERYBODY,
    FORBIDDEN,
    HIDDEN,
    MOVED,
    OK,
    ONLY_POST,
    PUBLIC,
    SIGN_IN,
    WHO,
    WRONG_METHOD,
    Row,
    each,
)  # fmt: skip

# Documents are drafts: the office and those above it work on them, publisher and administrator look on.
SEE_DOCUMENT = each(others=HIDDEN, publisher=OK, administrator=OK, own=OK)
CHANGE_DOCUMENT = each(others=HIDDEN, publisher=FORBIDDEN, administrator=FORBIDDEN, own=MOVED)
# Programmes are published: the city's own people, and whoever has a part in them.
SEE_PROGRAMME = each(others=OK, outsider=HIDDEN, sister=HIDDEN)
# What two published plans have in common is said by the office of one of them; others only look.
CHANGE_PAIRING = each(others=FORBIDDEN, outsider=HIDDEN, sister=HIDDEN, own=MOVED)

MEND = {"anchor": "p:1", "was_status": '"assigned"', "status": "local"}
ADD = {"line": "6", "text": "一次"}
for name, value in {
    "value": "1",
    "value_hi": "",
    "unit": "次",
    "comparator": "eq",
    "role": "frequency",
    "aspiration": "",
    "subject": "",
    "region": "",
    "project": "1",
}.items():
    ADD |= {name: value, f"was_{name}": "null"}

PERMISSIONS: dict[str, Row] = {
    "sign-in": Row(PUBLIC | {who: MOVED for who in WHO if who != "visitor"}),
    "sign-out": Row(
        {"visitor": SIGN_IN} | dict.fromkeys(WHO[1:], WRONG_METHOD), dict.fromkeys(WHO, SIGN_IN), done=False
    ),
    "documents": Row(
        each(others=FORBIDDEN, sister=OK, county=OK, administrator=OK, own=OK),
        each(others=FORBIDDEN, sister=MOVED, county=MOVED, own=MOVED),
        {"file": b"no plan in it"},
    ),
    "document": Row(SEE_DOCUMENT),
    "document-progress": Row(SEE_DOCUMENT),
    "document-editor": Row(SEE_DOCUMENT),
    "document-lines": Row(SEE_DOCUMENT, query="?first=1&last=3"),
    "document-corrections": Row(SEE_DOCUMENT),
    "document-cancel": Row(ONLY_POST, CHANGE_DOCUMENT, done=False),
    "document-read-again": Row(ONLY_POST, CHANGE_DOCUMENT),
    "document-correct": Row(ONLY_POST, CHANGE_DOCUMENT, MEND),
    "document-remove": Row(ONLY_POST, CHANGE_DOCUMENT, {"anchor": "FIRST"}),
    "document-add": Row(ONLY_POST, CHANGE_DOCUMENT, ADD),
    "document-undo": Row(ONLY_POST, CHANGE_DOCUMENT, done=False),
    "document-publish": Row(
        SEE_DOCUMENT | {"administrator": FORBIDDEN},
        CHANGE_DOCUMENT | {"publisher": MOVED},
        {"number": "2", "reason": "调整", "state": "NOW"},
    ),
    "home": Row(EVERYBODY),
    "programmes": Row(EVERYBODY),
    "search": Row(EVERYBODY),
    "programme": Row(SEE_PROGRAMME),
    "project": Row(SEE_PROGRAMME),
    "text": Row(SEE_PROGRAMME),
    "versions": Row(SEE_PROGRAMME),
    "matrix": Row(SEE_PROGRAMME),
    "units": Row(SEE_PROGRAMME),
    "breakdown-xlsx": Row(SEE_PROGRAMME),
    "compare": Row(SEE_PROGRAMME, query="?v=FIRST&v=SECOND"),
    "compare-xlsx": Row(SEE_PROGRAMME, query="?v=FIRST&v=SECOND"),
    "compare-pair": Row(
        ONLY_POST,
        CHANGE_PAIRING,
        {"v": "FIRST", "w": "SECOND", "a": "1", "b": "2", "state": "v=FIRST&v=SECOND"},
    ),
    "compare-pair-undo": Row(ONLY_POST, CHANGE_PAIRING, {"pairing": "PAIRING"}),
}
