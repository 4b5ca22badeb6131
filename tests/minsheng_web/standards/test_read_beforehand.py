"""The standards are read once in each process, before anybody asks."""

import importlib
import threading

import pytest

from minsheng_web.records.queries import standards


@pytest.fixture
def readings(monkeypatch):
    """Threads in which the files were read; the cache is empty before and after."""
    found = []
    load = standards.load_standards

    def counted(folder):
        found.append(threading.current_thread().name)
        return load(folder)

    monkeypatch.setattr(standards, "load_standards", counted)
    standards._base.cache_clear()
    standards._laid.cache_clear()
    yield found
    standards._base.cache_clear()
    standards._laid.cache_clear()


@pytest.mark.django_db
def test_who_asks_meanwhile_waits_for_the_one_reading(readings):
    standards.read_beforehand()
    assert len(standards.shelf().compiled) == 120
    assert len(standards.text_of_edition("bozhou-2023.p06.orphan-scattered", 0)) > 100
    assert len(readings) == 1


def test_a_process_of_the_site_begins_at_its_start(readings):
    importlib.reload(importlib.import_module("minsheng_web.conf.wsgi"))
    for thread in threading.enumerate():
        if thread.name == "standards-reader":
            thread.join()
    assert readings == ["standards-reader"]
