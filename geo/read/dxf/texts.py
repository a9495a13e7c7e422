"""Texts of a DXF drawing: their one encoding, their escapes, and the parcel that they name."""

from __future__ import annotations

import codecs
import contextlib
import re
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.errors import PlannerError
from geo.read.charset import declared_encoding, find_encoding
from geo.read.dxf.entities import Label
from geo.read.parsed import Note

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geo.read.dxf.drawing import Drawing
    from geo.read.dxf.entities import Entity
    from geo.read.parsed import Value

_UTF8_SINCE = b"AC1021"  # AutoCAD 2007
_UNICODE = re.compile(r"\\U\+([0-9A-Fa-f]{4})")
_GBK = re.compile(r"\\M\+5([0-9A-Fa-f]{4})")
_FORMAT = re.compile(r"\\[ACFHQTWacfhpqw][^;\\]*;|\\[LlOoKk]|[{}]")
_LABEL_LAYERS = {
    "dkmc", "dkbh", "dkh", "zdh", "zj", "name", "label", "labels", "text",
    "注记", "标注", "文字", "名称", "地块名称", "地块编号", "地块注记", "宗地注记",
}  # fmt: skip


class Texts:
    r"""Decoder of all texts of a drawing.

    Attributes
    ----------
    encoding : str
        The one codec of all texts; what it cannot read stands as ``\xhh``.
    notes : tuple of Note
        ``dxf_codepage_contradicted``, ``dxf_texts_broken``.
    """

    def __init__(self, drawing: Drawing) -> None:
        foreign = sorted({text for text in _texts(drawing) if not text.isascii()})
        page = drawing.header.get(b"$DWGCODEPAGE", b"").decode("ascii", "replace")
        is_utf8 = drawing.header.get(b"$ACADVER", b"") >= _UTF8_SINCE
        declared = "utf-8" if is_utf8 else declared_encoding(page)
        own = page.lower().replace("ansi_", "cp")
        self.encoding, broken = _find(foreign, declared, own)
        self._known: dict[bytes, str] = {}
        self.notes: tuple[Note, ...] = ()
        if broken:
            values: dict[str, Value] = {"count": broken, "encoding": self.encoding}
            self.notes = (Note(code="dxf_texts_broken", values=values),)
        elif foreign and (is_utf8 or page) and self.encoding not in (declared, own):
            stated = "UTF-8" if is_utf8 else page
            values = {"declared": stated, "encoding": self.encoding}
            self.notes = (Note(code="dxf_codepage_contradicted", values=values),)

    def read(self, text: bytes) -> str:
        """Decode a text and its escapes."""
        if text not in self._known:
            self._known[text] = self._read(text)
        return self._known[text]

    def _read(self, text: bytes) -> str:
        found = text.decode(self.encoding, "backslashreplace").strip()
        if "\\" not in found:
            return found
        found = _GBK.sub(_from_gbk, found)
        found = _UNICODE.sub(lambda code: chr(int(code[1], 16)), found)
        return found.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def read_label(self, text: bytes) -> str:
        """Decode a text without its formatting (MTEXT)."""
        return _FORMAT.sub("", self.read(text).replace("\\P", " ")).strip()


def _texts(drawing: Drawing) -> Iterator[bytes]:
    yield from drawing.layers
    every = [drawing.entities, *(block.entities for block in drawing.blocks.values())]
    for entity in (one for entities in every for one in entities):
        yield entity.layer
        if isinstance(entity.shape, Label):
            yield entity.shape.text


def _find(texts: Sequence[bytes], declared: str | None, own: str) -> tuple[str, int]:
    """Find the codec of whole texts, and how many of them no codec of all reads."""
    with contextlib.suppress(PlannerError):
        return find_encoding([b"\n".join([*texts, b""])], declared), 0
    likely = declared or "gb18030"
    return (own, 0) if _unread(texts, own) == 0 else (likely, _unread(texts, likely))


def _unread(texts: Sequence[bytes], codec: str) -> int:
    try:
        codecs.lookup(codec)
    except LookupError:
        return len(texts)
    return sum(not _reads(text, codec) for text in texts)


def _reads(text: bytes, codec: str) -> bool:
    try:
        text.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _from_gbk(code: re.Match[str]) -> str:
    try:
        return bytes.fromhex(code[1]).decode("gb18030")
    except UnicodeDecodeError:
        return code[0]


def name_rings(
    entities: Sequence[Entity],
    texts: Texts,
    layers: Sequence[str],
    polygons: Mapping[int, shapely.Polygon],
) -> dict[int, str]:
    """Find the rings that exactly one text names.

    Parameters
    ----------
    entities : sequence of Entity
        Of the model space.
    texts : Texts
        Decoder.
    layers : sequence of str, length n
        Layer of each ring.
    polygons : mapping of int to Polygon
        The rings that can be read, by position; may cross themselves.

    Returns
    -------
    dict of int to str
        Only texts inside exactly one ring, on its layer or on a layer for names, and only if no
        other such text lies in the ring. Names of boundary points (J12) do not count.
    """
    own = set(layers)
    labels = [
        (shape.at, texts.read_label(shape.text), layer)
        for entity in entities
        if isinstance(shape := entity.shape, Label)
        and not entity.in_paper
        and ((layer := texts.read(entity.layer)) in own or _is_for_names(layer))
    ]
    labels = [one for one in labels if one[1]]
    rows = list(polygons)
    places = np.array([at for at, _, _ in labels]).reshape(-1, 2)
    places = np.where(np.isfinite(places).all(axis=1)[:, None], places, np.inf)
    tree = shapely.STRtree([polygons[row] for row in rows])
    which, ring = _inside(tree, places)
    inside_one = np.bincount(which, minlength=len(labels)) == 1
    found: dict[int, list[str]] = {}
    for label, position in zip(which.tolist(), ring.tolist(), strict=True):
        row, (_, text, layer) = rows[position], labels[label]
        if inside_one[label] and (layer == layers[row] or _is_for_names(layer)):
            found.setdefault(row, []).append(text)
    return {row: names[0] for row, names in sorted(found.items()) if len(names) == 1}


def _is_for_names(layer: str) -> bool:
    return layer.casefold() in _LABEL_LAYERS


def _inside(tree: shapely.STRtree, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    usable = np.flatnonzero(np.isfinite(places).all(axis=1))
    which, ring = tree.query(shapely.points(places[usable]), predicate="within")
    return usable[which], ring
