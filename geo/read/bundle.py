"""What lies in a zip archive: a Shapefile, a workbook, a KMZ, or one file of another format."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from geo.read.archive import Shapefile, opened_archive
from geo.read.parsed import Note, Parsed, choose_layer
from geo.read.sniff import sniff

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.read.archive import Archive
    from geo.read.formats import Request

_OFFICE = {
    "xl/workbook.bin": "XLSB",
    "word/document.xml": "DOCX",
    "ppt/presentation.xml": "PPTX",
}
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"
_BESIDE_SHAPEFILES = frozenset(
    f".{suffix}"
    for suffix in (
        *("shp", "shx", "dbf", "prj", "cpg", "sbn", "sbx", "qix", "qpj", "fbn", "fbx"),
        *("ain", "aih", "atx", "ixs", "mxs", "cst", "xml", "qmd", "qml", "sld", "lyr"),
        *("lyrx", "lock", "idx", "avl"),
    )
)
# Files that say something of the others, or that an operating system left behind.
_COMPANION = re.compile(
    r"(?:fields|read[ _-]?me|licen[cs]e|说明|使用说明|字段说明)(?:\.(?:txt|md|html?|docx?|pdf))?"
    r"|thumbs\.db|desktop\.ini",
    re.IGNORECASE,
)
_HEAD = 65_536
_NAMED = 8


def parse_zip(request: Request) -> Parsed:
    """Read the one layer of an archive.

    Parameters
    ----------
    request : Request
        ``layer`` names a Shapefile (without suffix) or a member, when there are several;
        ``member/layer`` a layer inside a member.

    Returns
    -------
    Parsed
        ``format`` says what it was; note ``archive_members_left_out`` names the others.

    Raises
    ------
    PlannerError
        ``archive_*``; ``file_many_layers`` when several members can be read;
        ``file_format_refused`` for a document; those of the reader of what lies in it.
    """
    with opened_archive(request.data, request.limits) as archive:
        found = _look(archive, request.layer)
    if found.files is not None:
        from geo.read.gis.shapefile import read_shapefile

        return _noted(read_shapefile(found.files, request.limits), found.left)
    if found.content is None:
        return _read(request, found.format, found.layer)
    path = request.folder / "member"
    path.write_bytes(found.content)
    try:
        parsed = _read(replace(request, path=path), found.format, found.layer)
    except PlannerError as error:
        raise _of_member(error, found) from error
    return _noted(replace(parsed, layer=parsed.layer or found.name), found.left)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """The one layer of an archive.

    Attributes
    ----------
    format : str
        Of what is to be read.
    name : str or None
        Member; None: the archive as a whole.
    layer : str or None
        Layer inside the member.
    content, files
        What was unpacked: a member, or a Shapefile; both None: the reader takes the archive.
    left : tuple of str
        Members that nobody reads.
    alone : bool
        No other member could have been meant.
    """

    format: str
    name: str | None = None
    layer: str | None = None
    content: bytes | None = None
    files: Shapefile | None = None
    left: tuple[str, ...] = ()
    alone: bool = True


def _look(archive: Archive, layer: str | None) -> _Found:
    whole = _as_whole(archive)
    if whole is not None:
        return _Found(format=whole, layer=layer)
    shapefiles, others = archive.shapefiles(), _readable(archive)
    name, inner = _choose([*shapefiles, *others], layer, archive)
    if name in shapefiles:
        parts = {suffix: archive.read(one) for suffix, one in shapefiles[name].items()}
        files = Shapefile(name=name, parts=parts)
        stem = shapefiles[name][".shp"].casefold().removesuffix("shp")
        left = tuple(one for one in _worth_naming(archive) if not one.casefold().startswith(stem))
        return _Found(format="shapefile", name=name, files=files, left=left)
    alone = len(shapefiles) + len(others) == 1
    if others[name] == "kml" and alone:
        return _Found(format="kmz", layer=inner)
    return _Found(
        format=others[name],
        name=name,
        layer=inner,
        content=archive.read(name),
        left=tuple(one for one in _worth_naming(archive) if one != name),
        alone=alone,
    )


def _of_member(error: PlannerError, found: _Found) -> PlannerError:
    """Name the member in a question for its layers, so that an answer finds it again."""
    layers = error.values.get("layers")
    if found.alone or not isinstance(layers, list):
        return error
    return PlannerError(
        error.code, **{**error.values, "layers": [f"{found.name}/{layer}" for layer in layers]}
    )


def _as_whole(archive: Archive) -> str | None:
    """Tell the formats that are archives themselves."""
    names = {name.casefold() for name in archive.members}
    if any(".gdb/" in name for name in names):
        raise PlannerError("file_format_refused", found="File Geodatabase (.gdb)")
    for member, found in _OFFICE.items():
        if member in names:
            raise PlannerError("file_format_refused", found=found)
    if "mimetype" in archive.members and archive.head("mimetype", 64).startswith(_OPEN_DOCUMENT):
        raise PlannerError("file_format_refused", found="OpenDocument")
    if "xl/workbook.xml" in names:
        return "xlsx"
    return "kmz" if "doc.kml" in names and not archive.shapefiles() else None


def _readable(archive: Archive) -> dict[str, str]:
    """Find the members that are files of a format that we read."""
    found: dict[str, str] = {}
    for name in archive.members:
        path = PurePosixPath(name)
        if path.suffix.lower() in _BESIDE_SHAPEFILES or _COMPANION.fullmatch(path.name):
            continue
        head = archive.head(name, _HEAD)
        try:
            kind: str = sniff(head, name)
        except PlannerError:
            continue
        if kind == "zip":
            if not name.lower().endswith((".xlsx", ".xlsm")):
                raise PlannerError("archive_nested", member=name)
            kind = "xlsx"
        found[name] = kind
    return found


def _worth_naming(archive: Archive) -> Iterator[str]:
    """Give the members that somebody may have meant to be read."""
    return (name for name in archive.members if not _COMPANION.fullmatch(PurePosixPath(name).name))


def _choose(names: list[str], layer: str | None, archive: Archive) -> tuple[str, str | None]:
    """Give the member that is meant, and the layer that is meant inside it."""
    if not names:
        raise PlannerError("archive_no_layer", members=list(archive.members))
    if layer in names:
        return choose_layer(names, layer), None
    for name in names:
        if layer is not None and layer.startswith(f"{name}/"):
            return name, layer.removeprefix(f"{name}/")
    if len(names) == 1:
        return names[0], layer
    return choose_layer(sorted(names), layer), None


def _read(request: Request, file_format: str, layer: str | None) -> Parsed:
    from geo.read.formats import parse

    parsed = parse(file_format, replace(request, layer=layer))
    return replace(parsed, format=parsed.format or file_format)


def _noted(parsed: Parsed, left: tuple[str, ...]) -> Parsed:
    if not left:
        return parsed
    shown = "、".join(left[:_NAMED]) + (" …" if len(left) > _NAMED else "")
    note = Note(code="archive_members_left_out", values={"count": len(left), "members": shown})
    return replace(parsed, notes=(*parsed.notes, note))
