"""What is behind the letters of a slide: its background, its layout's, its master's, and shapes.

A ground is known only if nothing else can lie behind the letters: a picture, or a shape that may
be filled, makes it unknown, and letters on it count as seen. Names: ECMA-376, part 1, 19 and 20.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from posixpath import dirname, join, normpath, split

from services.originality.extraction.reader.colours import WHITE, brightness
from services.originality.extraction.reader.packages import Node, Package
from services.originality.extraction.reader.planes import Box

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
S = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_SHAPE, _PICTURE, _FRAME, _GROUP = f"{S}sp", f"{S}pic", f"{S}graphicFrame", f"{S}grpSp"
_SOLID, _UNFILLED = f"{A}solidFill", f"{A}noFill"
_FILLS = (_SOLID, f"{A}gradFill", f"{A}blipFill", f"{A}pattFill", f"{A}grpFill")
_PLAIN_FILL = "1001"  # the first of a theme's background fills: one colour
_PRESET = {"white": "ffffff", "black": "000000"}


@dataclass
class Backdrop:
    """What is behind everything on a slide, and the colours that its theme names."""

    ground: float | None = WHITE
    colours: dict[str, str] = field(default_factory=dict)
    painted: list[tuple[Node, Box | None]] = field(default_factory=list)  # lowest first
    has_filled_places: bool = False  # shapes of the slide may take over a fill

    def brightness(self, filling: Node | None) -> float | None:
        """Return how bright the colour in a fill is, 0..1; None where it cannot be told."""
        colour = None if filling is None else next(iter(filling), None)
        if colour is None or any(one.tag != f"{A}alpha" for one in colour):
            return None
        value = colour.get("lastClr") or colour.get("val") or ""
        if colour.tag == f"{A}schemeClr":
            value = self.colours.get(value, "")
        return brightness(_PRESET.get(value, value))

    def behind(self, shape: Node) -> float | None:
        """Return how bright that is on which letters of a shape stand; None if it is unknown."""
        properties = shape.find(f"{S}spPr")
        filling = None if properties is None else _filling(properties)
        if filling is not None and filling.tag == _SOLID:
            return self.brightness(filling)
        is_taken_over = filling is None and (
            _is_styled(shape)
            or (self.has_filled_places and next(shape.iter(f"{S}ph"), None) is not None)
        )
        is_filled = filling is not None and filling.tag != _UNFILLED
        if shape.tag != _SHAPE or is_taken_over or is_filled:
            return None
        place = box_of(shape)
        under = takewhile(lambda other: other[0] is not shape, self.painted)
        return None if any(_may_meet(place, box) for _, box in under) else self.ground


def backdrop(package: Package, name: str, slide: Node) -> Backdrop:
    """Return what is behind a slide, from its layout, master and theme."""
    found = Backdrop()
    layers = [slide]
    part = name
    for kind in ("slideLayout", "slideMaster"):
        part = _linked(package, part, kind)
        if not part:
            break
        layers.append(package.tree(part))
    theme = _linked(package, part, "theme") if part else ""
    if theme:
        found.colours = _colours(package.tree(theme), layers[-1])
    grounds = (layer.find(f"{S}cSld/{S}bg") for layer in layers)
    own = next((ground for ground in grounds if ground is not None), None)
    if own is not None:
        found.ground = _ground(found, own)
    is_alone = slide.get("showMasterSp") in ("0", "false")
    for layer in reversed(layers):
        painted = [(one, next(one.iter(f"{S}ph"), None) is not None) for one in _painted(layer)]
        if layer is slide:
            found.painted += [(one, box_of(one)) for one, _ in painted]
        else:
            found.has_filled_places |= any(is_place for _, is_place in painted)
            shown = (one for one, is_place in painted if not is_place and not is_alone)
            found.painted += [(one, box_of(one)) for one in shown]
    return found


def _linked(package: Package, part: str, kind: str) -> str:
    """Return the part of a kind that another leads to, empty if there is none."""
    folder, file = split(part)
    links = package.optional(f"{folder}/_rels/{file}.rels")
    for link in () if links is None else links:
        if (link.get("Type") or "").endswith(f"/{kind}"):
            path = normpath(join(dirname(part), link.get("Target") or "")).lstrip("/")
            return path if path in package.names else ""
    return ""


def _colours(theme: Node, master: Node) -> dict[str, str]:
    """Return the colours of a theme, by the names that its master gives them too."""
    scheme = next(theme.iter(f"{A}clrScheme"), None)
    named = {}
    for one in () if scheme is None else scheme:
        for colour in one:
            value = colour.get("lastClr") or colour.get("val") or ""
            named[one.tag.removeprefix(A)] = value
    names = master.find(f"{S}clrMap")
    mapped = {} if names is None else dict(names.attrib)
    return named | {name: named[to] for name, to in mapped.items() if to in named}


def _ground(found: Backdrop, background: Node) -> float | None:
    """Return how bright a background is; None for one of several colours, or a picture."""
    filling = background.find(f"{S}bgPr/{_SOLID}")
    if filling is None:
        filling = background.find(f"{S}bgRef")
        if filling is None or filling.get("idx") != _PLAIN_FILL:
            return None
    return found.brightness(filling)


def _painted(root: Node) -> Iterator[Node]:
    """Yield the shapes of a slide, layout or master that may be more than letters."""
    for shape in root.iter(_SHAPE, _PICTURE, _FRAME):
        properties = shape.find(f"{S}spPr")
        filling = None if properties is None else _filling(properties)
        is_filled = filling is not None and filling.tag != _UNFILLED
        if shape.tag != _SHAPE or is_filled or (filling is None and _is_styled(shape)):
            yield shape


def _filling(properties: Node) -> Node | None:
    """Return what a shape is filled with, as far as it says so itself."""
    return next(properties.iterchildren(_UNFILLED, *_FILLS), None)


def _is_styled(shape: Node) -> bool:
    """Say whether a theme's style fills a shape."""
    filled = shape.find(f"{S}style/{A}fillRef")
    return filled is not None and filled.get("idx") not in (None, "0")


def box_of(shape: Node) -> Box | None:
    """Return where a shape stands, in English metric units; None where its place is another's."""
    frame = next(shape.iter(f"{A}xfrm", f"{S}xfrm"), None)
    if frame is None or shape.getparent().tag == _GROUP:
        return None
    place, extent = frame.find(f"{A}off"), frame.find(f"{A}ext")
    if place is None or extent is None:
        return None
    x, y = number(place.get("x")) or 0, number(place.get("y")) or 0
    width, height = number(extent.get("cx")) or 0, number(extent.get("cy")) or 0
    return Box(x, y, x + width, y + height)


def _may_meet(one: Box | None, other: Box | None) -> bool:
    """Say whether two shapes may have a point in common."""
    return one is None or other is None or one.meets(other)


def number(value: str | None) -> int | None:
    """Return a whole number, None where there is none."""
    try:
        return int(value) if value else None
    except ValueError:
        return None
