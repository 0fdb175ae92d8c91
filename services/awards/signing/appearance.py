"""What a signature looks like, by Nghị định 30/2020/NĐ-CP, Phụ lục I; start with `look`.

A person's signature is its own picture, blue, between title and name; an agency's is its seal,
red, of its real size, over a third of the person's from the left; an annex's is text alone, at
the top right of the first page. Pictures are PNG files beside the keys (`approve.png`,
`issue.png`). Where there is none, lines say who signed and when, the agency below the person:
that is ours, the decree knows pictures alone.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from logging import ERROR, getLogger
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import json
from PIL import Image
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.layout import (
    AxisAlignment,
    BoxConstraints,
    InnerScaling,
    SimpleBoxLayoutRule,
)
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.stamp.static import StaticStampStyle

from kernel.errors import Unavailable
from press.typesetting import typeset
from services.awards.orders import Role

TEMPLATE = Path(__file__).parents[1] / "templates" / "mark.typ"
# A ten-thousandth of a point more than the box is no matter.
getLogger("pyhanko.pdf_utils.layout").setLevel(ERROR)

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")  # the decree asks for its time
MM = 72 / 25.4
INCH = 25.4
WIDTH, HEIGHT = 60.0, 21.0  # of the room for a person's signature, in millimetres
BLUE, RED, BLACK = "#0b3fa8", "#c00d0d", "#000000"
TOP, LINES = 6.0, 10.0  # of text at the top right: how far from the edge; how high lines are
EDGE = 16.0  # the right margin, as in `templates/document.typ`


class PictureUnfit(Unavailable):
    """A picture of a signature is no PNG with a transparent ground and a size of its own."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a signature or seal, and its real size in millimetres."""

    image: Image.Image
    width: float
    height: float

    @classmethod
    def read(cls, path: Path) -> "Picture | None":
        """Read a picture, None if there is none. Raises `PictureUnfit`."""
        if not path.is_file():
            return None
        with Image.open(path) as image:
            image.load()
        dots = image.info.get("dpi")
        if image.format != "PNG" or not image.has_transparency_data or not dots:
            raise PictureUnfit(
                f"{path} must be PNG, with a transparent ground and its dots per inch."
            )
        across, down = (float(each) for each in dots)
        return cls(image.convert("RGBA"), image.width / across * INCH, image.height / down * INCH)

    def within(self, width: float, height: float) -> tuple[float, float]:
        """Return its size in millimetres, made smaller if it is larger than the room."""
        scale = min(1.0, width / self.width, height / self.height)
        return self.width * scale, self.height * scale


@dataclass(frozen=True, slots=True)
class Room:
    """Where a paper leaves room to sign: millimetres from the left and top of a page (from 1).

    `across` and `down` are the page's size; `number` is the paper's, as an annex shows it.
    """

    page: int
    centre: float
    top: float
    across: float
    down: float
    number: str
    font_path: str


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page: millimetres from the left and top edges; pages count from 1."""

    page: int
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Look:
    """A box on a page and what is drawn in it."""

    box: Box
    content: PdfContent

    def field(self, name: str, room: Room) -> SigFieldSpec:
        """Return the field to be made for the signature, in points from the page's bottom."""
        left, top = self.box.left * MM, (room.down - self.box.top) * MM
        corners = (left, top - self.box.height * MM, left + self.box.width * MM, top)
        x1, y1, x2, y2 = map(round, corners)
        return SigFieldSpec(name, on_page=self.box.page - 1, box=(x1, y1, x2, y2))

    def style(self) -> StaticStampStyle:
        """Return how pyHanko is to draw it: over the whole box, without a frame."""
        middle = AxisAlignment.ALIGN_MID
        over = SimpleBoxLayoutRule(middle, middle, inner_content_scaling=InnerScaling.STRETCH_FILL)
        return StaticStampStyle(
            border_width=0,
            background=self.content,
            background_layout=over,
            background_opacity=1.0,
        )


def look(key: Path, role: Role, room: Room, who: str, at: datetime) -> Look:
    """Return how a signature by a key file, made at `at` by `who`, looks.

    Raises `PictureUnfit`.
    """
    ours = Picture.read(key.with_name("approve.png"))
    if role == "approve":
        return approval(ours, room, told(who, at), at)
    if role == "attach":
        box = Box(1, room.across - EDGE - WIDTH, TOP, WIDTH, LINES)
        said = Said((room.number, written(at)), BLACK, "right")
        return Look(box, Lines(box, said, room.font_path, at))
    seal = Picture.read(key.with_name("issue.png"))
    if seal is None:
        box = Box(room.page, room.centre - WIDTH / 2, room.top + LINES, WIDTH, LINES)
        return Look(box, Lines(box, Said(told(who, at), RED), room.font_path, at))
    width, _ = ours.within(WIDTH, HEIGHT) if ours else (WIDTH, HEIGHT)
    right = room.centre - width / 2 + width / 3
    middle = room.top + HEIGHT / 2
    box = Box(room.page, right - seal.width, middle - seal.height / 2, seal.width, seal.height)
    return Look(box, PdfImage(seal.image))


def approval(ours: Picture | None, room: Room, lines: tuple[str, ...], at: datetime) -> Look:
    """Return how a person's signature looks: centred in its room."""
    if ours:
        width, height = ours.within(WIDTH, HEIGHT)
        top = room.top + (HEIGHT - height) / 2
        box = Box(room.page, room.centre - width / 2, top, width, height)
        return Look(box, PdfImage(ours.image))
    box = Box(room.page, room.centre - WIDTH / 2, room.top, WIDTH, LINES)
    return Look(box, Lines(box, Said(lines, BLUE), room.font_path, at))


def told(who: str, at: datetime) -> tuple[str, ...]:
    """Say who signed and when."""
    return f"Ký số bởi: {who}", f"Thời gian ký: {written(at)}"


def written(at: datetime) -> str:
    """Write an instant by ISO 8601 in Vietnam's time, to the second."""
    return at.astimezone(VIETNAM).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class Said:
    """Lines of text, their colour, and the side they stand at; centred if it is empty."""

    lines: tuple[str, ...]
    colour: str
    side: str = ""


class Lines(PdfContent):
    """Lines of text, typeset with their font inside."""

    def __init__(self, box: Box, said: Said, font_path: str, at: datetime) -> None:
        super().__init__(box=BoxConstraints(box.width * MM, box.height * MM))
        mark = {"width": box.width, "height": box.height, **asdict(said)}
        self.pdf = drawn(json.encode(mark).decode(), font_path, at)

    def render(self) -> bytes:
        """Draw the typeset page."""
        page = self._ensure_writer.import_page_as_xobject(PdfFileReader(BytesIO(self.pdf)))
        self.resources.xobject["/Mark"] = page
        return b"/Mark Do"


@lru_cache(maxsize=64)
def drawn(mark: str, font_path: str, at: datetime) -> bytes:
    """Typeset lines once for all papers of a batch, which are signed at one instant."""
    return typeset(TEMPLATE, {"mark": mark}, font_path, at)
