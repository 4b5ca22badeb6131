"""Pages of one process are answered two at a time; slow uploads and long answers stop nobody."""

import threading

import pytest

from minsheng_web.conf import in_turn
from minsheng_web.conf.in_turn import AT_ONCE, InTurn


class Slow:
    """An application whose answers end when they are let."""

    def __init__(self):
        self.inside, self.most, self.may_end = 0, 0, threading.Event()
        self.entered = threading.Semaphore(0)
        self._lock = threading.Lock()

    def __call__(self, environ, start_response):
        with self._lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
        self.entered.release()
        if environ.get("faulty"):
            raise ValueError("faulty")
        self.may_end.wait(20)
        with self._lock:
            self.inside -= 1
        return [environ["REQUEST_METHOD"].encode()]


def asked(application, method, answers):
    def ask():
        answers.append(list(application({"REQUEST_METHOD": method}, None)))

    thread = threading.Thread(target=ask)
    thread.start()
    return thread


def test_two_at_a_time_and_all_in_the_end(monkeypatch):
    monkeypatch.setattr(in_turn, "PATIENCE_SECONDS", 20)
    slow, answers = Slow(), []
    application = InTurn(slow)
    threads = [asked(application, "GET", answers) for _ in range(6)]
    for _ in range(AT_ONCE):
        assert slow.entered.acquire(timeout=10)
    assert not slow.entered.acquire(timeout=0.1)
    slow.may_end.set()
    for thread in threads:
        thread.join(20)
    assert (answers, slow.most) == ([[b"GET"]] * 6, AT_ONCE)


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_what_brings_a_body_does_not_wait(monkeypatch, method):
    monkeypatch.setattr(in_turn, "PATIENCE_SECONDS", 20)
    slow, answers = Slow(), []
    application = InTurn(slow)
    threads = [asked(application, "GET", answers) for _ in range(AT_ONCE)]
    threads += [asked(application, method, answers) for _ in range(3)]
    for _ in range(AT_ONCE + 3):
        assert slow.entered.acquire(timeout=10)
    slow.may_end.set()
    for thread in threads:
        thread.join(20)
    assert answers.count([method.encode()]) == 3


def test_after_a_while_nobody_waits(monkeypatch):
    monkeypatch.setattr(in_turn, "PATIENCE_SECONDS", 0.05)
    slow, answers = Slow(), []
    application = InTurn(slow)
    threads = [asked(application, "GET", answers) for _ in range(AT_ONCE + 2)]
    for _ in range(AT_ONCE + 2):
        assert slow.entered.acquire(timeout=10)
    slow.may_end.set()
    for thread in threads:
        thread.join(20)
    assert answers == [[b"GET"]] * (AT_ONCE + 2)


def test_a_fault_gives_its_place_back(monkeypatch):
    monkeypatch.setattr(in_turn, "PATIENCE_SECONDS", 20)
    slow = Slow()
    application = InTurn(slow)
    for _ in range(AT_ONCE + 1):
        with pytest.raises(ValueError, match="faulty"):
            application({"REQUEST_METHOD": "GET", "faulty": True}, None)
    slow.may_end.set()
    assert list(application({"REQUEST_METHOD": "GET"}, None)) == [b"GET"]
