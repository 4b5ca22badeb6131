"""The region a plan is for, found under the office: among the regions set up, else in the gazetteer."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from minsheng.kernel.gazetteer import Division, by_name, children, parent, short_name
from minsheng.plans.model import Plan
from minsheng_web.records.models import Document, Region


@dataclass(frozen=True, slots=True)
class Place:
    """A region of the office. ``region`` is the nearest one set up, ``missing`` what lies below, top first.

    Where nothing is missing ``region`` is the place itself.
    """

    region: Region
    missing: tuple[Division, ...] = ()

    @property
    def full_name(self) -> str:
        """As the region is or will be called in full."""
        return self.region.full_name + "".join(division.name for division in self.missing)

    @property
    def there(self) -> Region | None:
        """The region where it is set up."""
        return None if self.missing else self.region


def place_of(document: Document, plan: Plan) -> Place | None:
    """The place the plan is for; None where it is not the office's or not one place."""
    places = _places(document.office, _name(plan))
    return places[0] if len(places) == 1 else None


def _name(plan: Plan) -> str:
    return (plan.head.region or "").strip()


def _places(office: Region, name: str) -> tuple[Place, ...]:
    if not name:
        return ()
    if name in (office.name, office.full_name):
        return (Place(office),)
    known = Region.objects.filter(Q(name=name) | Q(full_name=name), path__startswith=office.path)
    if known:
        return tuple(Place(region) for region in known)
    return tuple(_place(office, way) for way in _ways(office) if _is_called(way, name))


def _ways(office: Region) -> Iterator[tuple[Division, ...]]:
    """From just under the office to each division in it, as the gazetteer has them."""
    above = set(office.path.strip("/").split("/"))
    for division in by_name(office.name):
        if above <= {one.name for one in _chain(division)}:
            yield from _below(division, ())


def _below(division: Division, way: tuple[Division, ...]) -> Iterator[tuple[Division, ...]]:
    for child in children(division):
        yield (*way, child)
        yield from _below(child, (*way, child))


def _chain(division: Division) -> tuple[Division, ...]:
    """The division and everything above it, the province first."""
    above = parent(division)
    return (*(_chain(above) if above else ()), division)


def _is_called(way: tuple[Division, ...], name: str) -> bool:
    """Whether the name is the last one's, alone or behind some of those above it (亳州市涡阳县)."""
    last, names = way[-1], [division.name for division in _chain(way[-1])]
    if last.level == "zone" and short_name(name) == short_name(last.name):
        return True
    return any(name == "".join(names[at:]) for at in range(len(names)))


def _place(office: Region, way: tuple[Division, ...]) -> Place:
    region, missing = office, way
    while missing:
        below = Region.objects.filter(path=f"{region.path}{missing[0].name}/").first()
        if below is None:
            break
        region, missing = below, missing[1:]
    return Place(region, missing)


def place_sentence(document: Document, plan: Plan) -> str:
    """Why place_of gave none, and who may publish the plan or what to do."""
    office, name = document.office, _name(plan)
    if not name:
        return f"方案的地区尚未确定，请先在“方案信息”中填写地区（例如 {office.name}）再发布。"
    places = _places(office, name)
    if len(places) > 1:
        names = "、".join(place.full_name for place in places)
        return f"{office.name}有不止一个“{name}”：{names}。请在“方案信息”中填写地区全称再发布。"
    elsewhere = ["".join(one.name for one in _chain(division)) for division in by_name(name)]
    elsewhere += Region.objects.filter(Q(name=name) | Q(full_name=name)).values_list("full_name", flat=True)
    if elsewhere:
        names = "或".join(dict.fromkeys(elsewhere))
        return (
            f"方案的地区“{name}”不在{office.name}的管辖范围内，应由{names}（或其上级）的办公室上传并发布。"
            "如果地区识读有误，请在“方案信息”中更正。"
        )
    return (
        f"地区名录里查不到“{name}”，无法确认它是否归{office.name}管辖，暂不能发布。"
        "请在“方案信息”中核对地区名称；名称无误的，请系统管理员先登记这个地区。"
    )
