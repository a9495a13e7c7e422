"""The placemarks of a KML document: read as a stream, without following anything it names."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from geo.errors import PlannerError
from geo.read.parsed import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEPEST = 500
_PIECE = 1 << 20
_SHOWN = 80
_ROOTS = {"kml", "Document", "Folder", "Placemark"}
_PARTS = {"Point", "LineString", "Model", "Track", "MultiTrack"}
_APART = {"GroundOverlay", "ScreenOverlay", "PhotoOverlay", "NetworkLink", "Tour"}
_OWN_TEXTS = {"name", "description", "address", "phoneNumber", "Snippet", "snippet"}
_CLOSED_LINE = 4


@dataclass(slots=True)
class PolygonText:
    """The ``coordinates`` of one polygon, ring by ring; a ring without them is empty."""

    outer: list[str] = field(default_factory=list)
    inner: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Placemark:
    """One placemark as it stands in the document.

    Attributes
    ----------
    number : int
        From 1, in the order of the document.
    folder : str
        Names of the folders around it, the outermost first, joined by ``/``.
    attributes : list of (str, str)
        Own texts and extended data in their order; names may repeat.
    polygons : list of PolygonText
        Also those inside of ``MultiGeometry``.
    others : Counter of str
        Elements with any other shape.
    closed_line : bool
        It holds a line that ends where it begins.
    """

    number: int
    folder: str
    attributes: list[tuple[str, str]] = field(default_factory=list)
    polygons: list[PolygonText] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)
    closed_line: bool = False

    @property
    def name(self) -> str:
        """Its own name, "" where it has none."""
        return next((value for key, value in self.attributes if key == "name"), "")


def read_placemarks(text: str, apart: list[Fault]) -> Iterator[Placemark]:
    """Read the placemarks of a document one after another.

    Parameters
    ----------
    text : str
        The document; what its head says of its encoding does not count.
    apart : list of Fault
        Takes what is no placemark and cannot be read: links, overlays, tours.

    Yields
    ------
    Placemark
        In the order of the document.

    Raises
    ------
    PlannerError
        ``kml_doctype``, ``kml_broken``, ``kml_too_deep``, ``file_format_refused``.
    """
    handler = _Handler(apart)
    for start in range(0, len(text), _PIECE):
        handler.parse(text[start : start + _PIECE])
        yield from handler.done
        handler.done.clear()
    handler.parse("", final=True)
    yield from handler.done


class _Handler:
    def __init__(self, apart: list[Fault]) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.apart = apart
        self.done: list[Placemark] = []
        self.count = 0
        self.path: list[str] = []
        self.folders: list[str] = []
        self.text: list[str] = []
        self.data_name = ""
        self.placemark: Placemark | None = None
        self.around: list[Placemark] = []
        self.polygon: PolygonText | None = None
        self.ring: list[str] | None = None

    def parse(self, piece: str, *, final: bool = False) -> None:
        try:
            self.parser.Parse(piece, final)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            raise PlannerError(
                "kml_broken", line=error.lineno, column=error.offset + 1, reason=reason
            ) from error
        except UnicodeEncodeError as error:  # half a character
            line = self.parser.CurrentLineNumber
            raise PlannerError("kml_broken", line=line, column=1, reason="encoding") from error

    def _doctype(self, name: str, *_: object) -> None:
        raise PlannerError("kml_doctype", line=self.parser.CurrentLineNumber, value=name[:_SHOWN])

    def _text(self, text: str) -> None:
        self.text.append(text)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        element = tag.rpartition(":")[2]
        if not self.path and element not in _ROOTS:
            raise PlannerError("file_format_refused", found=f"XML <{tag[:_SHOWN]}>")
        if len(self.path) == DEEPEST:
            line = self.parser.CurrentLineNumber
            raise PlannerError("kml_too_deep", line=line, limit=DEEPEST)
        if "description" not in self.path:  # which may hold markup of its own
            self.text.clear()
        self.path.append(element)
        if element == "Folder":
            self.folders.append("")
        elif element == "Placemark":
            self._begin(attributes)
        elif element in ("Data", "SimpleData"):
            self.data_name = attributes.get("name") or "value"
        elif element in _APART:
            self.apart.append(self._fault("kml_element_skipped", kind=element))
        elif self.placemark is not None:
            self._start_shape(element, self.placemark)
        elif element == "Polygon":
            self.apart.append(self._fault("kml_polygon_alone"))

    def _begin(self, attributes: dict[str, str]) -> None:
        if self.placemark is not None:  # against the rules of KML, but both hold shapes
            self.around.append(self.placemark)
        self.count += 1
        folder = "/".join(name for name in self.folders if name)
        self.placemark = Placemark(number=self.count, folder=folder)
        if "id" in attributes:
            self.placemark.attributes.append(("kml_id", attributes["id"]))

    def _fault(self, code: str, **values: str) -> Fault:
        return Fault(code=code, where=f"line:{self.parser.CurrentLineNumber}", values=values)

    def _start_shape(self, element: str, placemark: Placemark) -> None:
        if element == "Polygon":
            self.polygon = PolygonText()
            placemark.polygons.append(self.polygon)
        elif element == "LinearRing":
            self.ring = []
        elif element in _PARTS and self.path[-2] != "MultiTrack":
            placemark.others[element] += 1

    def _end(self, _: str) -> None:
        element = self.path.pop()
        parent = self.path[-1] if self.path else ""
        if element == "Folder":
            self.folders.pop()
        elif element == "name" and parent == "Folder":
            self.folders[-1] = "".join(self.text).strip()
        elif self.placemark is not None:
            self._end_inside(element, parent, self.placemark)

    def _end_inside(self, element: str, parent: str, placemark: Placemark) -> None:
        if element == "Placemark":
            self.done.append(placemark)
            self.placemark = self.around.pop() if self.around else None
            self.polygon = self.ring = None
        elif element == "coordinates":
            self._end_coordinates(parent, placemark)
        elif element == "LinearRing":
            self._end_ring(placemark)
        elif element == "Polygon":
            self.polygon = None
        else:
            self._end_text(element, parent, placemark)

    def _end_coordinates(self, parent: str, placemark: Placemark) -> None:
        text = "".join(self.text)
        if parent == "LinearRing" and self.ring is not None:
            self.ring.append(text)
        elif parent == "LineString":
            points = text.split()
            closed = len(points) >= _CLOSED_LINE and points[0] == points[-1]
            placemark.closed_line = placemark.closed_line or closed

    def _end_ring(self, placemark: Placemark) -> None:
        text = " ".join(self.ring or [])
        self.ring = None
        if self.polygon is None:
            placemark.polygons.append(PolygonText(outer=[text]))
        elif "innerBoundaryIs" in self.path:
            self.polygon.inner.append(text)
        else:
            self.polygon.outer.append(text)

    def _end_text(self, element: str, parent: str, placemark: Placemark) -> None:
        if parent == "Placemark" and element in _OWN_TEXTS:
            name = element
        elif (parent, element) == ("Data", "value") or element == "SimpleData":
            name = self.data_name
        elif parent == "ExtendedData" and element not in ("Data", "SchemaData"):
            name = element
        else:
            return
        placemark.attributes.append((name, "".join(self.text).strip()))
