"""Pages of the breakdown: what each person sees, conflicts with both values, the annex form, as many queries for 300."""

from decimal import Decimal
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from minsheng.papers.allocation_xlsx import ALLOCATION_SHEET, ASKED_SHEET
from minsheng_web.records.actions.indicators import take_up_targets
from minsheng_web.records.actions.people import add_region
from minsheng_web.records.models import (
    Allocation,
    AuditEvent,
    DivisionProposal,
    Indicator,
    Programme,
    Region,
)
from minsheng_web.records.queries.division import mark_of, open_proposal, proposed


def path(delivery, more=""):
    return f"/breakdown/{delivery.root.pk}/{more}"


def form(delivery, east, west, **more):
    pair = ((delivery.east, east), (delivery.west, west))
    fields = {f"share-{part.region_id}": value for part, value in pair}
    fields |= {f"unit-{part.region_id}": part.reporting_unit_id for part, _ in pair}
    return fields | {"reserve": "0", "seen": ""} | more


def text(response):
    return response.content.decode()


def test_a_conflict_shows_both_and_keeps_what_was_typed(delivery, office):
    own, colleague = delivery.house.client("own"), delivery.house.client("colleague")
    assert colleague.post(path(delivery, "save/"), form(delivery, "16000", "17000")).status_code == 302
    response = own.post(path(delivery, "save/"), form(delivery, "17500", "15500"))
    assert response.status_code == 409
    page = text(response)
    assert "李建国已改过这份草稿" in page
    assert 'value="17500"' in page
    assert "同事填的：16000" in page
    seen = mark_of(open_proposal(office.node()))
    assert f'value="{seen}"' in page
    assert own.post(path(delivery, "save/"), form(delivery, "17500", "15500", seen=seen)).status_code == 302
    assert [part.share for part in proposed(open_proposal(office.node())).parts] == ["17500", "15500"]


def test_a_reserve_that_cannot_be_read_is_told_and_stays(delivery, office):
    response = delivery.house.client("own").post(
        path(delivery, "save/"), form(delivery, "17000", "15000", reserve="若干")
    )
    page = text(response)
    assert "其余已保存；预留" in page
    assert 'value="若干"' in page
    assert proposed(open_proposal(office.node())).reserve == 0


def test_a_draft_is_seen_by_the_office_alone(delivery, office):
    office.save({"河东县": "16001", "河西县": "16999"})
    assert "16001" in text(delivery.house.client("own").get(path(delivery)))
    for who in ("leader", "auditor", "lead", "administrator"):
        page = text(delivery.house.client(who).get(path(delivery)))
        assert "16001" not in page, who
        assert "草稿" not in page, who
        assert "草稿" not in text(
            delivery.house.client(who).get(f"/programmes/{delivery.version.programme_id}/breakdown/")
        ).replace('value="draft"', "").replace("草稿（0）", ""), who


def test_a_county_sees_and_divides_its_own_part_only(delivery, office):
    client = delivery.house.client("county")
    page = text(client.get(f"/programmes/{delivery.version.programme_id}/breakdown/"))
    assert "城关镇" in page
    assert "18,000" in page
    assert "河西县" not in page
    assert "15,000" not in page
    assert client.get(path(delivery)).status_code == 404
    assert client.get(f"/breakdown/{delivery.west.pk}/").status_code == 404
    assert client.get(f"/breakdown/{delivery.east.pk}/").status_code == 200
    elsewhere = f"/programmes/{delivery.version.programme_id}/breakdown/?region={delivery.west.region_id}"
    assert client.get(elsewhere).status_code == 404


def test_every_level_of_inflation_stands_on_one_page(delivery, office):
    office.save({"河东县": ("18000", "19800"), "河西县": "15000"})
    office.issue()
    office.decide()
    office.save({"城关镇": ("10000", "11000"), "柳河乡": "9800"}, who="county", name="河东县")
    office.issue(who="county", name="河东县")
    address = f"/programmes/{delivery.version.programme_id}/breakdown/inflated/"
    rows = delivery.house.client("auditor").get(address).context["rows"]
    told = [
        (
            row.node.region.name,
            row.region,
            row.inflation.more,
            row.inflation.percent,
            str(row.version.proposed_by),
        )
        for row in rows
    ]
    assert told == [
        ("云岭市", "河东县", Decimal(1800), Decimal("10.0"), "王秀英"),
        ("云岭市", "", Decimal(1800), Decimal("5.5"), "王秀英"),
        ("河东县", "城关镇", Decimal(1000), Decimal("10.0"), "赵县"),
        ("河东县", "", Decimal(1000), Decimal("5.1"), "赵县"),
    ]
    seen = delivery.house.client("county").get(address).context["rows"]
    assert [(row.node.region.name, row.region) for row in seen] == [
        ("云岭市", "河东县"), ("河东县", "城关镇"), ("河东县", "")
    ]  # fmt: skip


def test_versions_stay_readable_and_are_compared(delivery, office):
    office.save({"河东县": "17000", "河西县": "15000"}, reserve="1000")
    office.issue()
    office.decide()
    Region.objects.filter(name="河东县").update(name="河东区")
    client = delivery.house.client("auditor")
    first = text(client.get(path(delivery, "versions/1/")))
    assert "河东县" in first
    assert "18,000" in first
    response = client.get(path(delivery, "versions/2/"))
    changes = [(change.region, change.what, change.old, change.new) for change in response.context["changes"]]
    figures = [change for change in changes if change[1] != "填报单位"]
    assert figures == [("", "预留", "0人", "1000人"), ("河东县", "分解数", "18000人", "17000人")]
    assert client.get(path(delivery, "versions/3/")).status_code == 404


def test_a_whole_that_changed_is_said_and_stands_in_the_list(delivery, office):
    Allocation.objects.filter(pk=delivery.root.pk).update(share=30000)
    client = delivery.house.client("own")
    assert "由 33,000 变为 30,000" in text(client.get(path(delivery)))
    table = client.get(f"/programmes/{delivery.version.programme_id}/breakdown/?status=stale").context[
        "table"
    ]
    assert [row.states for row in table.rows] == [frozenset({"issued", "stale"})]


# --- the annex form ----------------------------------------------------------------------------------


def files(delivery, who="own"):
    address = f"/programmes/{delivery.version.programme_id}/breakdown/{delivery.house.city.pk}/"
    return delivery.house.client(who), address


def download(delivery):
    client, address = files(delivery)
    response = client.get(f"{address}form.xlsx")
    assert response.status_code == 200
    return response.content


def changed(data, values, wanted=ALLOCATION_SHEET):
    """The file with cells of the first indicator's column set by region name."""
    read, out = CalamineWorkbook.from_filelike(BytesIO(data)), BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for name in read.sheet_names:
        sheet = book.add_worksheet(name)
        for at, row in enumerate(read.get_sheet_by_name(name).to_python(skip_empty_area=False)):
            if name == wanted and len(row) > 2 and row[1] in values:
                row[2] = values[row[1]]
            for column, value in enumerate(row):
                if value != "":
                    sheet.write(at, column, value)
    book.close()
    return out.getvalue()


def upload(delivery, data, name="分解表.xlsx"):
    client, address = files(delivery)
    return client.post(f"{address}upload/", {"file": SimpleUploadedFile(name, data)})


def test_the_form_goes_out_filled_and_comes_back_as_a_draft(delivery, office):
    data = download(delivery)
    same = upload(delivery, data)
    assert "完全相同，没有改动" in text(same)
    assert not DivisionProposal.objects.exists()
    file = changed(data, {"河东县": 17000, "河西县": "1.6万"})
    taken = upload(delivery, file).context["taken"]
    assert [(one.region, one.old, one.new) for one in taken.changed[0].changes] == [
        ("河东县", "18000人", "17000人"), ("河西县", "15000人", "16000人")
    ]  # fmt: skip
    before = (AuditEvent.objects.count(), DivisionProposal.objects.get().proposed_at)
    assert "完全相同，没有改动" in text(upload(delivery, file))
    assert (AuditEvent.objects.count(), DivisionProposal.objects.get().proposed_at) == before
    units = {part.unit for part in proposed(DivisionProposal.objects.get()).parts}
    assert units == {delivery.east.reporting_unit_id, delivery.west.reporting_unit_id}


def test_a_bad_cell_is_told_by_its_address_and_the_good_ones_are_kept(delivery, office):
    response = upload(delivery, changed(download(delivery), {"河东县": "一万左右", "河西县": 16000}))
    problems = [(one.cell, one.problem.code) for one in response.context["problems"]]
    assert problems == [("C8", "cell_unreadable")]
    assert "C8" in text(response)
    shares = [part.share for part in proposed(DivisionProposal.objects.get()).parts]
    assert sorted(shares) == ["16000", "18000"]


def test_what_is_really_asked_comes_on_its_own_sheet(delivery, office):
    data = download(delivery)
    taken = upload(delivery, changed(data, {"河东县": 19000}, ASKED_SHEET)).context["taken"]
    told = [(one.region, one.what, one.old, one.new) for one in taken.changed[0].changes]
    assert told == [("河东县", "实际下达数", "18000人", "19000人")]
    again = download(delivery)
    assert "完全相同，没有改动" in text(upload(delivery, again))
    upload(delivery, changed(again, {"河东县": "—"}, ASKED_SHEET))
    assert {part.asked for part in proposed(open_proposal(office.node())).parts} == {""}


def test_wrong_files_are_refused_with_a_sentence(delivery, office, house):
    data = download(delivery)
    other = Programme.objects.create(region=house.city, year=2024, title="云岭市2024年民生实事")
    indicator = Indicator.objects.create(
        programme=other, project_number=1, project_headline="x", name="x", unit="人", kind="count", position=2
    )
    Allocation.objects.create(indicator=indicator, region=house.city, share=Decimal(5))
    client, _ = files(delivery)
    foreign = client.get(f"/programmes/{other.pk}/breakdown/{house.city.pk}/form.xlsx").content
    for file, said in (
        (b"", "0 字节"),
        (b"no workbook", "这不是 Excel 工作簿"),
        (foreign, "这是 2024 年的表"),
    ):
        response = upload(delivery, file)
        assert said in text(response), said
        assert not DivisionProposal.objects.exists()
    assert "没有选择文件" in text(client.post(f"{files(delivery)[1]}upload/", {}))
    office.save({"河东县": "17000", "河西县": "16000"})
    office.issue()
    office.decide()
    before = DivisionProposal.objects.count()
    assert "又下达过新的版本" in text(upload(delivery, data))
    assert DivisionProposal.objects.count() == before


def test_a_waiting_change_is_not_written_over_by_a_file(delivery, office):
    data = download(delivery)
    office.save({"河东县": "17000", "河西县": "16000"})
    office.issue()
    response = upload(delivery, changed(data, {"河东县": 17500, "河西县": 15500}))
    assert "等待审批期间不能修改" in text(response)
    assert [part.share for part in proposed(open_proposal(office.node())).parts] == ["17000", "16000"]


# --- as many queries for 300 rows as for one ----------------------------------------------------------


def asked(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def many(delivery, count):
    rows = Indicator.objects.bulk_create(
        Indicator(
            programme=delivery.version.programme, project_number=2, project_headline=f"项目{number}",
            name=f"指标{number}", unit="个", kind="count", value=Decimal(10), position=10 + number,
            lead_unit=delivery.indicator.lead_unit,
        )
        for number in range(count)
    )  # fmt: skip
    roots = Allocation.objects.bulk_create(
        Allocation(indicator=row, region=delivery.house.city, share=Decimal(10), version=1) for row in rows
    )
    Allocation.objects.bulk_create(
        Allocation(indicator=root.indicator, region=region, above=root, share=Decimal(5), asked=Decimal(6))
        for root in roots
        for region in (delivery.east.region, delivery.west.region)
    )
    DivisionProposal.objects.bulk_create(
        DivisionProposal(
            node=root, base=1, state="waiting", reason="x", document_number="1",
            proposed_by=delivery.house.people["colleague"], proposed_at=delivery.period.opened_at,
        )
        for root in roots
    )  # fmt: skip


@pytest.mark.parametrize(
    "page", ["indicators/", "breakdown/", "breakdown/inflated/", "breakdown/{city}/form.xlsx"]
)
def test_indicators_cost_no_queries(delivery, page):
    address = f"/programmes/{delivery.version.programme_id}/{page.format(city=delivery.house.city.pk)}"
    client = delivery.house.client("own")
    client.get("/")
    many(delivery, 1)
    client.get(address)  # a version is looked at once, then kept
    one = asked(client, address)
    many_more = 300
    Indicator.objects.filter(position__gte=10).update(position=5)
    many(delivery, many_more)
    assert asked(client, address) == one
    assert one <= 22


def test_regions_cost_no_queries(delivery, office):
    client = delivery.house.client("own")
    client.get("/")
    address = f"/breakdown/{delivery.east.pk}/"
    few = asked(client, address)
    for number in range(100):
        add_region(actor=None, name=f"第{number}镇", parent=delivery.house.county)
    assert asked(client, address) == few
    assert few <= 26


def test_taking_up_costs_few_queries(house, version):
    with CaptureQueriesContext(connection) as queries:
        take_up_targets(actor=house.people["own"], programme=version.programme, at=version.published_at)
    assert len(queries) <= 34  # four of them for each unit the plan names
