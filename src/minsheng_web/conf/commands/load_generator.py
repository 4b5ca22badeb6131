"""So many requests in flight against a site, in a process of its own; latencies told as JSON.

``python -m minsheng_web.conf.commands.load_generator`` reads ``Load`` as JSON from standard input.
"""

import asyncio
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass

IN_FLIGHT = 20
_LIMIT = 60.0
"""Seconds after which a request is taken for lost."""

_AT_ONCE = 4 * 1024 * 1024
"""Bytes taken in without a pause: a page is read as it comes, for the two share the processors."""


@dataclass(frozen=True, slots=True)
class Load:
    """One page to be asked for: ``warm_up`` answers are dropped, then it goes on for ``seconds``.

    At least ``fewest`` answers are taken, however long that takes.
    """

    port: int
    path: str
    cookie: str = ""
    in_flight: int = IN_FLIGHT
    warm_up: int = 40
    seconds: float = 6.0
    fewest: int = 100


@dataclass(frozen=True, slots=True)
class Answers:
    """What came back: seconds of each answer that counts, and how many were not 200."""

    seconds: tuple[float, ...]
    failed: int

    def percentile(self, share: int) -> float:
        return percentile(self.seconds, share)


def percentile(values: Sequence[float], share: int) -> float:
    """The smallest value that ``share`` per cent do not exceed. Raises ValueError where there is none."""
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]


class _Round:
    """One page under load."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._seconds: list[float] = []
        self._failed = self._asked = 0
        self._until = float("inf")
        head = [f"GET {load.path} HTTP/1.1", f"Host: 127.0.0.1:{load.port}", "Accept: text/html"]
        head += [f"Cookie: {load.cookie}"] if load.cookie else []
        self._request = "\r\n".join([*head, "", ""]).encode()

    async def run(self) -> Answers:
        await asyncio.gather(*(self._browser() for _ in range(self._load.in_flight)))
        return Answers(tuple(self._seconds), self._failed)

    async def _browser(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._load.port, limit=_AT_ONCE)
        while self._goes_on():
            self._asked += 1
            counts = self._asked > self._load.warm_up
            begun = time.perf_counter()
            writer.write(self._request)
            status = await asyncio.wait_for(read_answer(reader), _LIMIT)
            if counts:
                self._seconds.append(time.perf_counter() - begun)
            self._failed += status != 200
        writer.close()

    def _goes_on(self) -> bool:
        if self._asked < self._load.warm_up:
            return True
        if self._until == float("inf"):
            self._until = time.perf_counter() + self._load.seconds
        return time.perf_counter() < self._until or len(self._seconds) < self._load.fewest


async def read_answer(reader: asyncio.StreamReader) -> int:
    """The status of one answer, its body read to the end. Raises ValueError where its length is not told."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    first, *lines = head.split("\r\n")
    status = int(first.split()[1])
    told = dict(line.split(": ", 1) for line in lines if ": " in line)
    if "content-length" not in told and status not in (204, 304):
        raise ValueError(f"no length: {first}")
    await reader.readexactly(int(told.get("content-length", 0)))
    return status


def answers_of(load: Load) -> Answers:
    """Ask for the page as the load says."""
    return asyncio.run(_Round(load).run())


def main() -> None:
    """One load in, one set of answers out."""
    load = Load(**json.loads(sys.stdin.read()))
    print(json.dumps(asdict(answers_of(load))))


if __name__ == "__main__":
    main()
