"""One sentence read on its own: for text that is written or corrected, not found in a document."""

from minsheng.plans.draft import Flow, Piece
from minsheng.plans.flows import half_width
from minsheng.plans.model import Quantity
from minsheng.plans.quantities import flow_quantities


def read_sentence(text: str, own: str | None) -> list[Quantity]:
    """The quantities a sentence states, as they would be read in a plan of the region ``own``.

    >>> [(q.value, q.unit, q.comparator) for q in read_sentence("新增托位不少于300个。", "亳州市")]
    [(Decimal('300'), '个', 'ge')]
    """
    flow = Flow(half_width(text), (Piece(1, 0, len(text), 0),))
    return flow_quantities(flow, own, (text,))
