"""What is painted on a page of a PDF: which of its text nobody sees, and how much is picture.

Painting happens in the order of the page's objects (ISO 32000-1, 8.2). Letters count as hidden
where they are painted with nothing (mode 3), as good as transparent, tiny, beside the page, in
the colour of what lies under them, or below something that was painted over them in white.
Letters without paint on a picture as large as the page are what a scanner's program recognised:
they are no trick in themselves, and `verify` looks whether the picture shows them.
"""

import ctypes
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from services.originality.extraction.reader.colours import WHITE, is_lost, light
from services.originality.extraction.reader.planes import STILL, Box, Move

TINY = 3.0  # points on the page
SEE_THROUGH = 16  # of 255: below it letters are as good as transparent
_UNPAINTED = (3, 7)  # text rendering modes: nothing, and nothing but a clip
_TEXT, _PATH, _PICTURE, _SHADING, _FORM = range(1, 6)
_MOST_OBJECTS = 50_000
_MOST_GROUNDS = 2000
_DEEPEST = 8  # forms in one another


class Ground(NamedTuple):
    """Something painted that letters may lie on or under. `brightness` is None for pictures."""

    box: Box
    brightness: float | None


class Lettering(NamedTuple):
    """Letters painted at once, after so many grounds."""

    thing: Any
    box: Box
    after: int
    way: str


@dataclass
class Painted:
    """What stands on a page. `hidden` tells how, by the address of the text object."""

    hidden: dict[int, str] = field(default_factory=dict)
    pictured: float = 0.0  # part of the page that pictures cover, 0..1
    paths: int = 0
    has_layer: bool = False  # recognised letters below or above a picture of the page


class Painter:
    """Goes through the objects of a page in the order they are painted."""

    def __init__(self, page: Any) -> None:  # noqa: ANN401  # a handle of PDFium
        self.page = page
        width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        self.sheet = Box(0.0, 0.0, width, height)
        self.grounds: list[Ground] = []
        self.lettering: list[Lettering] = []
        self.paths = 0
        self.base = STILL
        # What PDFium writes four of is read at once.
        self.numbers, self.shades = (ctypes.c_float * 4)(), (ctypes.c_uint * 4)()
        self.to_numbers, self.to_shades = references(self.numbers), references(self.shades)
        self.matrix = pdfium.FS_MATRIX()
        self.to_matrix = ctypes.byref(self.matrix)

    def look(self) -> Painted:
        """Return what was found."""
        self._find_sheet()
        for number in range(min(pdfium.FPDFPage_CountObjects(self.page), _MOST_OBJECTS)):
            self._take(pdfium.FPDFPage_GetObject(self.page, number), 0)
        return self._judged()

    def _find_sheet(self) -> None:
        """Note which part of the plane is shown."""
        for box_of in (pdfium.FPDFPage_GetCropBox, pdfium.FPDFPage_GetMediaBox):
            if box_of(self.page, *self.to_numbers):
                left, bottom, right, top = self.numbers[:]
                self.sheet = Box(
                    min(left, right), min(bottom, top), max(left, right), max(bottom, top)
                )
                return

    def _take(self, thing: Any, depth: int) -> None:  # noqa: ANN401
        """Take note of an object, or of what stands in it if it is a form."""
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == _TEXT:
            self._take_letters(thing)
        elif kind == _PATH:
            self._take_path(thing)
        elif kind in (_PICTURE, _SHADING):
            self._take_ground(Ground(self._box(thing), None))
        elif kind == _FORM and depth <= _DEEPEST:
            self._take_form(thing, depth)

    def _take_form(self, thing: Any, depth: int) -> None:  # noqa: ANN401
        """Take note of what stands in a form; `base` is its place meanwhile."""
        around = self.base
        own = pdfium.FS_MATRIX()
        if pdfium.FPDFPageObj_GetMatrix(thing, ctypes.byref(own)):
            self.base = Move(own.a, own.b, own.c, own.d, own.e, own.f).then(around)
        for number in range(min(pdfium.FPDFFormObj_CountObjects(thing), _MOST_OBJECTS)):
            self._take(pdfium.FPDFFormObj_GetObject(thing, number), depth + 1)
        self.base = around

    def _box(self, thing: Any) -> Box:  # noqa: ANN401
        if not pdfium.FPDFPageObj_GetBounds(thing, *self.to_numbers):
            return Box(0.0, 0.0, 0.0, 0.0)
        box = Box(*self.numbers[:])
        return box if self.base is STILL else self.base.of(box)

    def _colour(self, thing: Any) -> tuple[float | None, int]:  # noqa: ANN401
        """Return how bright an object is painted, and how opaque, 0..255."""
        if not pdfium.FPDFPageObj_GetFillColor(thing, *self.to_shades):
            return None, 255
        red, green, blue, opaque = self.shades[:]
        return light(red, green, blue), opaque

    def _take_letters(self, thing: Any) -> None:  # noqa: ANN401
        box = self._box(thing)
        way = self._hidden_by_itself(thing, box)
        self.lettering.append(Lettering(thing, box, len(self.grounds), way))

    def _hidden_by_itself(self, thing: Any, box: Box) -> str:  # noqa: ANN401
        """Name how letters are hidden, whatever is painted later."""
        brightness, opaque = self._colour(thing)
        if pdfium.FPDFTextObj_GetTextRenderMode(thing) in _UNPAINTED:
            way = "unpainted"
        elif opaque < SEE_THROUGH:
            way = "transparent"
        elif not box.meets(self.sheet):
            way = "off-page"
        elif is_lost(brightness, self._ground_of(box)):
            way = "white"
        else:
            way = "tiny" if self._size(thing) < TINY else ""
        return way

    def _size(self, thing: Any) -> float:  # noqa: ANN401
        """Return how high letters are on the page, in points."""
        if not pdfium.FPDFTextObj_GetFontSize(thing, self.to_numbers[0]):
            return TINY
        points = abs(self.numbers[0])
        if not pdfium.FPDFPageObj_GetMatrix(thing, self.to_matrix):
            return points
        grown = max(abs(self.matrix.d), abs(self.matrix.b))
        grown *= max(abs(self.base.d), abs(self.base.b))
        return points * float(grown)

    def _ground_of(self, box: Box) -> float | None:
        """Return how bright that is on which letters lie; None where a picture is."""
        if not self.grounds:
            return WHITE
        x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        for ground in reversed(self.grounds):
            if ground.box.holds(x, y):
                return ground.brightness
        return WHITE

    def _take_path(self, thing: Any) -> None:  # noqa: ANN401
        self.paths += 1
        mode, stroked = ctypes.c_int(), ctypes.c_int()
        if len(self.grounds) > _MOST_GROUNDS:
            return
        if pdfium.FPDFPath_GetDrawMode(thing, ctypes.byref(mode), ctypes.byref(stroked)) and mode:
            brightness, opaque = self._colour(thing)
            if opaque > 255 - SEE_THROUGH:
                self._take_ground(Ground(self._box(thing), brightness))

    def _take_ground(self, ground: Ground) -> None:
        """Keep a ground that letters find room on."""
        if ground.box.area > 16:
            self.grounds.append(ground)

    def _judged(self) -> Painted:
        """Return what the page comes to, once everything on it is known."""
        pictures = [ground for ground in self.grounds if ground.brightness is None]
        whole = max(self.sheet.area, 1.0)
        found = Painted(paths=self.paths)
        found.pictured = min(sum(picture.box.area for picture in pictures) / whole, 1.0)
        is_scan = found.pictured > 0.5
        white = [
            (number, ground)
            for number, ground in enumerate(self.grounds)
            if ground.brightness is None or ground.brightness > WHITE - 0.05
        ]
        for letters in self.lettering:
            if not letters.way and len(self.grounds) == letters.after:
                continue
            over = [g for n, g in white if n >= letters.after and g.box.covers(letters.box)]
            way = letters.way or ("covered" if over else "")
            on_picture = any(picture.box.covers(letters.box) for picture in pictures)
            if way in ("unpainted", "covered", "transparent") and is_scan and on_picture:
                found.has_layer = True
            elif way:
                found.hidden[ctypes.addressof(letters.thing.contents)] = way
        return found


def references(values: Any) -> list[Any]:  # noqa: ANN401
    """Return a reference to each place of an array."""
    kind = values._type_
    size = ctypes.sizeof(kind)
    places = range(0, len(values) * size, size)
    return [ctypes.byref(kind.from_buffer(values, place)) for place in places]
