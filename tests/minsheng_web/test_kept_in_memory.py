"""What is kept of what never changes: as much as was said, as long as was said, and never of another key."""

from hypothesis import given
from hypothesis import strategies as st

from minsheng_web.records import kept_in_memory
from minsheng_web.records.kept_in_memory import KeptInMemory, forget_everything


@given(st.lists(st.integers(0, 9), max_size=40), st.integers(1, 5))
def test_what_was_used_last_is_kept(keys, most):
    kept, made, expected, stored = KeptInMemory(most), [], [], []
    for key in keys:
        assert kept.get(key, lambda key=key: made.append(key) or f"value of {key}") == f"value of {key}"
        if key not in stored:
            expected.append(key)
        stored = [*(one for one in stored if one != key), key][-most:]
    assert made == expected


def test_after_its_time_it_is_made_anew(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(kept_in_memory.time, "monotonic", lambda: now[0])
    kept, made = KeptInMemory(3, seconds=60), []
    for second in (100.0, 159.9, 160.0, 200.0, 219.9, 220.0):
        now[0] = second
        kept.get("a", lambda: made.append(now[0]) or "made")
    assert made == [100.0, 160.0, 220.0]


def test_what_could_not_be_made_is_tried_again():
    kept = KeptInMemory(3)
    for _ in range(2):
        try:
            kept.get("a", lambda: 1 // 0)
        except ZeroDivisionError:
            continue
    assert kept.get("a", lambda: 5) == 5


def test_everything_can_be_forgotten():
    one, other = KeptInMemory(2), KeptInMemory(2)
    one.get("a", lambda: 1), other.get("a", lambda: 2)
    forget_everything()
    assert (one.get("a", lambda: 3), other.get("a", lambda: 4)) == (3, 4)
