"""A document named on the command line."""

from pathlib import Path

from minsheng.commands.fault_words import reason_of
from minsheng.commands.refused import CommandRefused
from minsheng.notices.document import Document, Refusal
from minsheng.notices.reading import judge_size, read_document


def open_document(path: Path) -> Document:
    """Read the file. Raises CommandRefused with one sentence when it is missing, unreadable or no notice."""
    refusal = judge_size(_size(path))
    if refusal:
        raise CommandRefused(f"{path}：{refusal.message}")
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise CommandRefused(_fault(path, fault)) from fault
    document = read_document(data, path.name)
    if isinstance(document, Refusal):
        raise CommandRefused(f"{path}：{document.message}")
    return document


def _size(path: Path) -> int:
    try:
        if path.is_dir():
            raise CommandRefused(f"{path}：这是文件夹，请给出一个文件。")
        return path.stat().st_size
    except (OSError, ValueError) as fault:
        raise CommandRefused(_fault(path, fault)) from fault


def _fault(path: Path, fault: Exception) -> str:
    if isinstance(fault, FileNotFoundError):
        return f"{path}：没有这个文件，请核对路径和文件名。"
    if isinstance(fault, PermissionError):
        return f"{path}：没有读取这个文件的权限，请换一个用户或改文件权限。"
    return f"{path}：文件打不开（{reason_of(fault)}），请核对后再试。"
