"""What must not stand in the repository: registry hosts, machine paths, drawers, data of running sites."""

import re

import pytest

HOSTS = re.compile(
    r"https?://|index-url|find-links|\b(?:pypi|pythonhosted|npmjs|tuna|aliyun)\b", re.IGNORECASE
)
MACHINE_PATHS = re.compile(r"(?<![\w./-])/(?:root|work|home/\w+|tmp|Users/\w+)/")
DRAWERS = frozenset("utils util helpers helper common misc base".split())
KEPT_OUT = re.compile(r"(?:^|/)(?:var|\.venv|node_modules)/|\.(?:sqlite3|docx?|pdf)$|(?:^|/)uv\.lock$")


def named(root, paths) -> list[str]:
    return sorted(str(path.relative_to(root)) for path in paths)


def test_lock_files_name_no_registry(root):
    locks = sorted((root / "requirements").glob("*.txt"))
    assert [lock.name for lock in locks] == ["bench.txt", "core.txt", "dev.txt", "ocr.txt", "pdf.txt", "spark.txt"]
    assert [lock.name for lock in locks if HOSTS.search(lock.read_text(encoding="utf-8"))] == []


def test_every_requirement_is_pinned_with_hashes(root):
    for lock in (root / "requirements").glob("*.txt"):
        text = re.sub(r"\\\n\s+", " ", lock.read_text(encoding="utf-8"))
        pins = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert len(pins) > 20 or lock.name in {
            "bench.txt",
            "pdf.txt",
        }  # a program or two, little of their own
        assert [pin for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []


def test_no_file_names_a_path_of_one_machine(root, texts):
    mine = root / "tests" / "house" / "test_repository.py"
    found = [path for path, text in texts.items() if path != mine and MACHINE_PATHS.search(text)]
    assert named(root, found) == []


def test_no_file_is_a_drawer(root, tracked):
    assert named(root, [path for path in tracked if path.stem in DRAWERS and path.suffix == ".py"]) == []


def test_no_data_of_a_site_is_kept(root, tracked):
    names = named(root, tracked)
    assert [name for name in names if KEPT_OUT.search(name)] == []


def test_the_licence_is_there_whole(root):
    text = (root / "LICENSE").read_text(encoding="utf-8")
    assert text.split("\n", 2)[1].strip() == "Apache License"
    assert "END OF TERMS AND CONDITIONS" in text


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        (f"see /{chr(119)}ork/main/x", True),
        ('open("/tmp/x")', True),
        ("/home/someone/notes", True),
        ("/static/office/x.css and https://example.org/work/x", False),
        ("a/tmp/b", False),
    ],
)
def test_machine_paths_are_told_from_addresses(text, is_found):
    assert bool(MACHINE_PATHS.search(text)) is is_found


@pytest.mark.parametrize(
    ("text", "is_found"),
    [("--index-url x", True), ("https://host/simple", True), ("django==5.2 --hash=sha256:ab", False)],
)
def test_registry_hosts_are_told_from_pins(text, is_found):
    assert bool(HOSTS.search(text)) is is_found
