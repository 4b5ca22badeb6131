"""What every route answers to whom: the shape of a row, the people, and the answers most routes share."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

WHO = (
    "visitor", "outsider", "sister", "county", "local", "lead", "finance", "auditor", "leader", "publisher",
    "reader", "administrator", "own",
)  # fmt: skip
"""People of the fixture ``delivery``; own is the city's office, county that of a county with a part in its plan."""

SIGN_IN, OK, MOVED, FORBIDDEN, HIDDEN, WRONG_METHOD = "sign-in", 200, 302, 403, 404, 405
PUBLIC = dict.fromkeys(WHO, OK)


def each(*, others: object = None, **answers: object) -> dict[str, object]:
    """Answers by person; ``others`` is that of everybody not named, visitors are sent to sign in."""
    named = {"visitor": SIGN_IN} | answers
    return {who: named.get(who, others) for who in WHO}


ONLY_POST = each(others=WRONG_METHOD)
EVERYBODY = each(others=OK)


@dataclass(frozen=True)
class Row:
    """A route's answers to GET, and to the POST of ``form`` where it takes one.

    ``form`` and ``kwargs`` may be functions of the ``delivery`` fixture: what is posted, and the parts of the address
    that test_access.py does not know. ``done``: whether the allowed posts of that form change anything.
    ``prepare`` is called with the fixture before either, to set the scene.
    """

    get: dict
    post: dict | None = None
    form: dict | Callable[[Any], dict] = field(default_factory=dict)
    query: str = ""
    kwargs: Callable[[Any], dict] | None = None
    done: bool = True
    prepare: Callable[[Any], object] | None = None
