"""The office watches a large period being closed, may stop it, and is told what became of it in words."""

from datetime import timedelta

import pytest
from django.utils import timezone

from minsheng_web.records.actions import closing as actions
from minsheng_web.records.actions.closing import requeue_stalled_closings
from minsheng_web.records.actions.closing_run import run_closing
from minsheng_web.records.models import Closing, ReportLine, Snapshot


@pytest.fixture
def office(delivery, monkeypatch):
    """The city's office; every period counts as large, and no worker runs."""
    monkeypatch.setattr(actions.close_period, "__kwdefaults__", {"seen": None, "at_once": 0, "queue": False})
    return delivery.house.client("own")


@pytest.fixture
def address(delivery):
    return f"/periods/{delivery.period.pk}/closing/"


def begin(office, delivery) -> Closing:
    seen = office.get(f"/periods/{delivery.period.pk}/close/").context["seen"]
    answer = office.post(f"/periods/{delivery.period.pk}/close/", {"seen": seen})
    assert answer["Location"] == f"/periods/{delivery.period.pk}/closing/"
    return Closing.objects.get()


def set_to(closing, **values):
    Closing.objects.filter(pk=closing.pk).update(**values)


def text_of(client, address) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_office_sees_step_lines_and_seconds(office, delivery, address):
    closing = begin(office, delivery)
    page = text_of(office, address)
    assert 'aria-current="step">等待后台处理' in page
    assert 'hx-trigger="every 1s"' in page
    at = timezone.now()
    set_to(closing, state="writing", progress=1, total=3, heartbeat_at=at, at=at - timedelta(seconds=7))
    part = text_of(office, address + "progress/")
    assert 'aria-current="step">逐项写入快照、判定灯号' in part
    assert 'value="33"' in part
    assert "已写入 1 / 3 项，已用 7 秒" in part
    assert "alert" not in part
    set_to(closing, progress=3)
    assert 'aria-current="step">核对项数，形成校验码' in text_of(office, address + "progress/")
    page = text_of(office, f"/periods/{delivery.period.pk}/")
    assert "正在关闭，看进度" in page
    assert "关闭本期" not in page
    assert office.get(f"/periods/{delivery.period.pk}/close/")["Location"] == address


def test_when_it_is_done_the_browser_goes_to_the_snapshot(office, delivery, address):
    closing = begin(office, delivery)
    assert run_closing(closing_id=closing.pk, attempt=0) == "done"
    assert office.get(address + "progress/")["HX-Redirect"] == address
    assert office.get(address)["Location"] == f"/snapshots/{Snapshot.objects.get().pk}/"
    assert "已关闭2023年3月，快照共 2 项" in text_of(office, f"/snapshots/{Snapshot.objects.get().pk}/")
    office.post(address + "cancel/")
    assert Snapshot.objects.count() == 1


def test_cancelled_the_period_is_open_again_and_the_calendar_leaves_it(office, delivery, address):
    closing = begin(office, delivery)
    page = office.post(address + "cancel/", follow=True).content.decode()
    assert "已取消关闭，没有形成快照，写入的一项没有留；2023年3月恢复填报" in page
    assert "不再按日历自动关闭" in page
    assert f'href="/periods/{delivery.period.pk}/close/">重新关闭' in page
    assert "hx-get" not in page
    delivery.period.refresh_from_db()
    assert not delivery.period.shut_word
    assert run_closing(closing_id=closing.pk, attempt=0) == "skipped"


def test_a_killed_worker_is_told_and_after_the_third_what_to_do(office, delivery, address):
    closing = begin(office, delivery)
    long_ago = timezone.now() - timedelta(hours=1)
    set_to(closing, state="writing", heartbeat_at=long_ago, progress=1)
    assert "后台程序没有响应，恢复后会自动从头再关" in text_of(office, address + "progress/")
    set_to(closing, state="writing", heartbeat_at=timezone.now(), attempt=1)
    assert "现在是第 2 次，从头写起" in text_of(office, address + "progress/")
    set_to(closing, state="writing", heartbeat_at=long_ago, attempt=2)
    requeue_stalled_closings(at=timezone.now())
    page = text_of(office, address)
    assert "后台程序连续 3 次在关闭中途中断" in page
    assert "填报的数都在，2023年3月恢复填报。请重新关闭" in page
    assert "重新关闭</a>" in page


def test_an_error_is_told_without_its_words_and_tried_again(office, delivery, address, monkeypatch):
    closing = begin(office, delivery)

    def broken(**_values):
        raise RuntimeError("a bug")

    with monkeypatch.context() as patch:
        patch.setattr("minsheng_web.records.actions.closing_run.write_snapshot", broken)
        assert run_closing(closing_id=closing.pk, attempt=0) == "failed"
    page = text_of(office, address)
    assert "关闭时程序遇到内部错误" in page
    assert "a bug" not in page
    assert "重新关闭</a>" not in text_of(delivery.house.client("local"), address)
    office.post(f"/periods/{delivery.period.pk}/close/", {"seen": "draft:2"})
    assert [one.state for one in Closing.objects.order_by("pk")] == ["failed", "waiting"]


def test_units_are_told_why_nothing_can_be_typed_or_handed_in(office, delivery, address):
    ReportLine.objects.filter(pk=delivery.line.pk).update(
        amount=500, cumulative=500, edited_at=timezone.now()
    )
    begin(office, delivery)
    unit = delivery.house.client("local")
    key = delivery.period.pk
    shut = "2023年3月正在关闭，暂时不能改。云岭市民生办取消关闭后可以接着填"
    assert shut in text_of(unit, f"/reports/{key}/{delivery.line.unit_id}/")
    assert "现在交回的填报表一格都不会写入，请等关闭取消后再交" in text_of(unit, f"/reports/{key}/sheets/")
    assert "本期正在关闭，不能再提交" in text_of(unit, f"/reports/{key}/{delivery.line.unit_id}/submit/")
    page = text_of(office, f"/reports/{key}/check/")
    assert "正在关闭，暂时不能办理" in page
    assert 'class="panel panel-body decide' not in page
    assert "取消关闭" not in text_of(unit, address)


def test_a_period_that_was_never_large_has_no_such_page(delivery, address):
    assert delivery.house.client("own").get(address).status_code == 404
    assert delivery.house.client("own").get(address + "progress/").status_code == 404
