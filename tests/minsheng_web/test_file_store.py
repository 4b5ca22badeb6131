"""The data folder: the same bytes at the same moment, and a disk that is full."""

import hashlib
import os
import threading

import pytest

from minsheng_web.records.file_store import fetch, keep


@pytest.fixture
def folder(settings, tmp_path):
    settings.DATA_FOLDER = tmp_path
    return tmp_path


def files(folder):
    return [path.name for path in folder.rglob("*") if path.is_file()]


def test_many_at_once_keep_one_whole_file(folder):
    for attempt in range(20):
        data = bytes([attempt]) * 2_000_000
        start = threading.Barrier(4)
        faults, kept = [], []

        def store(data=data, start=start, faults=faults, kept=kept):
            start.wait()
            try:
                kept.append(keep(data))
            except OSError as fault:
                faults.append(fault)

        threads = [threading.Thread(target=store) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        sha256 = hashlib.sha256(data).hexdigest()
        assert (faults, kept) == ([], [sha256] * 4)
        assert fetch(sha256) == data
    assert len(files(folder)) == 20


def test_what_could_not_be_written_leaves_nothing(folder, monkeypatch):
    def full(_):
        raise OSError(28, "no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space left"):
        keep(b"notice")
    assert files(folder) == []
