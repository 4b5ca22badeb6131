"""A unit is renamed while its own grid is open: what is typed then is saved, and the page bears the new name."""

from datetime import UTC, datetime
from decimal import Decimal

from minsheng_web.records.actions.report_lines import Cell, save_cells
from minsheng_web.records.actions.units import rename_unit
from minsheng_web.records.models import Unit

AT = datetime(2023, 3, 20, 9, tzinfo=UTC)
NEW = "河东县人力资源和社会保障局"


def test_typing_goes_on_in_the_open_grid(delivery):
    unit, local = delivery.line.unit, delivery.house.people["local"]
    address = f"/reports/{delivery.period.pk}/{unit.pk}/"
    client = delivery.house.client("local")
    assert unit.name in client.get(address).content.decode()
    renamed = rename_unit(
        actor=delivery.house.people["county"], unit=unit, name=NEW, reason="机构改革", seen=unit.name, at=AT
    )
    assert isinstance(renamed, Unit)
    (saved,) = save_cells(actor=local, cells=[Cell(delivery.line.pk, "amount", "", "1200")], at=AT)
    assert saved.line.amount == Decimal(1200)
    page = client.get(address).content.decode()
    assert NEW in page
    assert "1,200" in page
