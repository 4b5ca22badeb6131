"""The folder of standards, read: ``vocabulary.yaml``, and ``notice.yaml`` and ``pNN.yaml`` of each notice."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from minsheng.standards import file_shapes
from minsheng.standards.fault import Fault, Place
from minsheng.standards.marked_yaml import Marked, read_marked
from minsheng.standards.model import (
    Bound,
    Case,
    Expression,
    Notice,
    NoticeSource,
    Reads,
    Share,
    Standard,
    Version,
)
from minsheng.standards.shape import Record, check_shape
from minsheng.standards.vocabulary import MOST_MONTHS, Column, Parameter, Vocabulary

VOCABULARY_FILE, NOTICE_FILE, SCHEMA_FILE = "vocabulary.yaml", "notice.yaml", "schema.json"


@dataclass(frozen=True, slots=True)
class StandardBook:
    """All standards that could be read, by id in the order of the files, and every fault of the files."""

    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    notices: Mapping[str, Notice] = field(default_factory=dict)
    standards: Mapping[str, Standard] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


def load_standards(folder: Path) -> StandardBook:
    """Read a folder of standards. A file or standard with a fault is told of and left out; nothing raises."""
    files = sorted(folder.glob("*/*.yaml"))
    texts = [(str(path.relative_to(folder)), _text(path)) for path in (folder / VOCABULARY_FILE, *files)]
    return read_standards(texts)


def read_standards(texts: Iterable[tuple[str, str | None]]) -> StandardBook:
    """The same from (file name, text), the vocabulary among them; a text that is None could not be read."""
    faults: list[Fault] = []
    vocabulary, notices, standards = Vocabulary(), dict[str, Notice](), dict[str, Standard]()
    for name, text in texts:
        if text is None:
            mend = "确认文件在那里，用UTF-8保存"
            faults.append(Place(name, 1).fault("unreadable", f"文件{name}读不出来", mend))
        elif name == VOCABULARY_FILE:
            for root in _checked(text, name, file_shapes.VOCABULARY, faults):
                vocabulary = _vocabulary(root)
        elif Path(name).name == NOTICE_FILE:
            for root in _checked(text, name, file_shapes.NOTICE, faults):
                notice = _notice(root)
                notices[notice.id] = notice
        else:
            _add_project(text, name, standards, faults)
    faults += [fault for standard in standards.values() for fault in _check_notice(standard, notices)]
    return StandardBook(vocabulary, notices, standards, tuple(sorted(faults)))


def _add_project(text: str, name: str, standards: dict[str, Standard], faults: list[Fault]) -> None:
    root, found = read_marked(text, name)
    faults += found
    if root is None:
        return
    head_faults = [fault for fault in check_shape(root, file_shapes.PROJECT, "文件") if not found]
    faults += head_faults
    entries = root.get("standards")
    for entry in entries.entries() if entries else ():
        # A fault in one standard does not hide the others of the file.
        if any(root.get(key) is None for key in file_shapes.PROJECT.required):
            break
        if any(check_shape(entry, file_shapes.STANDARD, "标准")):
            continue
        standard = _standard(entry, root)
        if standard.id in standards:
            what = f"标准编号{standard.id}用了两次"
            faults.append(standard.place.fault("repeated_id", what, "给其中一个换个编号"))
        else:
            standards[standard.id] = standard


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _checked(text: str, name: str, shape: Record, faults: list[Fault]) -> Iterator[Marked]:
    root, found = read_marked(text, name)
    faults += found
    if root is None:
        return
    wrong = list(check_shape(root, shape, "文件"))
    faults += wrong
    if not wrong:
        yield root


def _check_notice(standard: Standard, notices: Mapping[str, Notice]) -> Iterator[Fault]:
    if standard.notice not in notices:
        what = f"没有找到通知{standard.notice}"
        mend = f"在同一文件夹的{NOTICE_FILE}里写明notice: {standard.notice}"
        yield standard.place.fault("unknown_notice", what, mend)
    elif not standard.id.startswith(f"{standard.notice}.p"):
        what = f"编号{standard.id}与通知{standard.notice}对不上"
        yield standard.place.fault("id", what, f"编号写成{standard.notice}.p项目序号.名称")


def _vocabulary(root: Marked) -> Vocabulary:
    columns = [
        Column(
            name=_of(entry, "name"),
            type=_of(entry, "type"),
            chinese=_of(entry, "chinese"),
            words=_of(entry, "words", {}),
            least=_of(entry, "min"),
            most=_of(entry, "max"),
            most_months=_of(entry, "max_months") or MOST_MONTHS,
            note=_of(entry, "note", ""),
        )
        for entry in _entries(root, "columns")
    ]
    parameters = [
        Parameter(
            name=_of(entry, "name"),
            unit=_of(entry, "unit"),
            chinese=_of(entry, "chinese"),
            per_standard=_of(entry, "per_standard", default=False),
            most=_of(entry, "max"),
            note=_of(entry, "note", ""),
        )
        for entry in _entries(root, "parameters")
    ]
    return Vocabulary(
        {column.name: column for column in columns},
        {parameter.name: parameter for parameter in parameters},
        _of(root, "payers", {}),
    )


def _notice(root: Marked) -> Notice:
    return Notice(
        id=_of(root, "notice"),
        title=_of(root, "title"),
        city=_of(root, "city"),
        year=_of(root, "year"),
        plan_year_start=_of(root, "plan_year_start"),
        issuer=_of(root, "issuer", ""),
        place=root.place,
    )


def _standard(entry: Marked, root: Marked) -> Standard:
    return Standard(
        id=_of(entry, "id"),
        name=_of(entry, "name"),
        for_whom=_of(entry, "for_whom"),
        notice=_of(root, "notice"),
        project=_of(root, "project"),
        category=_of(root, "category"),
        versions=tuple(
            sorted(map(_version, _entries(entry, "versions")), key=lambda version: version.first_day)
        ),
        cases=tuple(map(_case, _entries(entry, "cases"))),
        place=entry.place,
        note=_of(entry, "note", ""),
    )


def _version(entry: Marked) -> Version:
    bound, reads, shares = entry.get("bound"), entry.get("reads"), entry.get("shares")
    parameters = _of(reads, "parameters", []) if reads else []
    return Version(
        first_day=_of(entry, "from"),
        last_day=_of(entry, "to"),
        basis=_of(entry, "from_basis"),
        sources=tuple(map(_source, _entries(entry, "sources"))),
        when=_expression(entry, "when"),
        amount=_expression(entry, "amount"),
        form=tuple(_of(entry, "form")),
        bound=Bound(
            _of(bound, "kind", "exact") if bound else "exact",
            _expression(bound, "condition") if bound and bound.get("condition") else None,
        ),
        rounding=_of(entry, "rounding"),
        period=_of(entry, "period"),
        payers=_of(entry, "payers"),
        shares=tuple(_share(payer, part) for payer, part in (shares.items() if shares else ())),
        reads=Reads(
            tuple(_of(reads, "columns", []) if reads else ()),
            {name.strip("$?"): name.endswith("?") for name in parameters},
        ),
        place=entry.place,
    )


def _share(payer: str, part: Marked) -> Share:
    text = part.text.strip()
    return Share(payer, None if text == file_shapes.REST else Expression(text, part.place))


def _source(entry: Marked) -> NoticeSource:
    line: int = _of(entry, "line")
    return NoticeSource(line, _of(entry, "to", line), tuple(_of(entry, "figures", [])))


def _case(entry: Marked) -> Case:
    return Case(
        says=_of(entry, "says"),
        as_of=_of(entry, "as_of"),
        region=_of(entry, "region"),
        parameters=_of(entry, "parameters", {}),
        row=_of(entry, "row"),
        expect=_of(entry, "expect"),
        place=entry.place,
    )


def _expression(entry: Marked, key: str) -> Expression:
    found = entry.get(key)
    return Expression(found.text.strip(), found.place) if found else Expression("", entry.place)


def _of(entry: Marked, key: str, default: Any = None) -> Any:
    found = entry.get(key)
    return default if found is None else found.plain()


def _entries(entry: Marked, key: str) -> list[Marked]:
    found = entry.get(key)
    return found.entries() if found else []
