"""The lights at a glance as links into the pages of pace."""

from dataclasses import dataclass

from minsheng.progress.pace.model import SHOWN_WORDS
from minsheng_web.office.addresses import address
from minsheng_web.office.screens.pace_heatmap import WORST_FIRST
from minsheng_web.office.screens.pace_table import query
from minsheng_web.records.access import Person
from minsheng_web.records.queries.pace_glance import glances


@dataclass(frozen=True, slots=True)
class GlanceRow:
    """One programme's lights: (light, word, number), the worst first, and where to read on."""

    name: str
    lights: tuple[tuple[str, str, int], ...]
    address: str
    targets: str


def glance_rows(
    person: Person, *, programme: int | None = None, project: int | None = None
) -> tuple[GlanceRow, ...]:
    """Of every programme, or of one project of one."""
    return tuple(
        GlanceRow(
            f"{one.region.name}{one.period}"
            if project is not None
            else f"{one.programme.title}　{one.period}",
            tuple(
                (light, SHOWN_WORDS[light], one.counts[light]) for light in WORST_FIRST if one.counts[light]
            ),
            address("pace", one.programme.pk) + query({"project": project}),
            address("pace-trend", one.programme.pk) + query({"project": project}),
        )
        for one in glances(person, programme=programme, project=project)
    )
