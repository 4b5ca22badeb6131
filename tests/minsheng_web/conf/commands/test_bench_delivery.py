"""The load generator reads answers and tells them; figures stand beside the bare page's. No time is asserted."""

import asyncio
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from minsheng.commands.refused import CommandRefused
from minsheng_web.conf.commands.bench_database import own_database
from minsheng_web.conf.commands.bench_delivery import (
    Measured,
    closing_figures,
    growth_figures,
    page_figures,
)
from minsheng_web.conf.commands.load_generator import Answers, Load, answers_of, percentile, read_answer


@pytest.fixture
def site():
    asked = []

    class Page(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            asked.append((self.path, self.headers["Cookie"]))
            body = "一页".encode()
            self.send_response(404 if self.path == "/missing" else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_values):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_address[1], asked
    server.shutdown()
    thread.join()
    server.server_close()


def apart(what, *values):
    """In a thread of its own: a browser of other tests may hold this one's event loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(what, *values).result()


def test_it_keeps_asking_until_enough_answers_count_and_drops_the_first(site):
    port, asked = site
    load = Load(port, "/page", "sessionid=abc", in_flight=3, warm_up=4, seconds=0, fewest=6)
    answers = apart(answers_of, load)
    assert set(asked) == {("/page", "sessionid=abc")}
    assert answers.failed == 0
    assert len(answers.seconds) == len(asked) - 4
    assert 6 <= len(answers.seconds) <= 8  # those under way when the sixth came count too


def test_pages_that_do_not_open_are_counted(site):
    port, asked = site
    answers = apart(answers_of, Load(port, "/missing", in_flight=2, warm_up=0, seconds=0, fewest=2))
    assert answers.failed == len(asked)


def test_an_answer_without_a_length_is_refused():
    async def read(head):
        reader = asyncio.StreamReader()
        reader.feed_data(head)
        reader.feed_eof()
        return await read_answer(reader)

    assert apart(asyncio.run, read(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab")) == 200
    assert apart(asyncio.run, read(b"HTTP/1.1 304 Not Modified\r\n\r\n")) == 304
    with pytest.raises(ValueError, match="no length"):
        apart(asyncio.run, read(b"HTTP/1.1 200 OK\r\n\r\n"))


def test_percentiles_are_values_that_were_measured():
    values = [float(number) for number in range(100, 0, -1)]
    assert (percentile(values, 50), percentile(values, 95), percentile([7.0], 95)) == (50.0, 95.0, 7.0)
    with pytest.raises(ValueError, match="no values"):
        percentile([], 95)


def measured(scale, rows, seconds, closing):
    made = {"rows": rows, "lines": rows // 12, "closing": closing, "copying": 0.5}
    return Measured(scale, made, 0.03, {"首页": Answers(tuple(seconds), 0)})


def test_figures_say_how_many_times_the_bare_page_and_whether_that_is_allowed():
    city = measured("city", 99_420, [0.05] * 20, 2.0)
    province = measured("province", 1_545_360, [0.2] * 20, 30.0)
    (one,) = page_figures(city)
    assert (one.name, one.figure, one.yardstick_figure, round(one.ratio, 3)) == (
        "首页 p95",
        50.0,
        30.0,
        1.667,
    )
    assert one.about == "一个市，进度 99420 行，20 个请求同时，20 次，p50 50 毫秒，限 5 倍：合格"
    assert page_figures(province)[0].about.endswith("限 5 倍：超出")
    (closing,) = closing_figures(province)
    assert (closing.figure, closing.yardstick_figure, closing.ratio) == (30.0, 0.5, 60.0)
    assert closing_figures(measured("city", 12, [0.1], None)) == []
    pages, months = growth_figures(city, province)
    assert (pages.name, round(pages.ratio, 3), pages.about) == (
        "首页 p95，从一个市到全省",
        4.0,
        "行数 15.5 倍",
    )
    assert (months.figure, months.yardstick_figure) == (30.0, 2.0)
    assert json.dumps([one.to_json(), months.to_json()])


def test_a_database_of_its_own_needs_a_server(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "")
    with pytest.raises(CommandRefused, match="请先设置"), own_database("city"):
        pass
