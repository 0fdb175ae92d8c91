r"""Reads RTF: the text as a word processor shows it, with what of it is hidden.

A group `{…}` has the properties of the one around it until it says otherwise; programs repeat a
style's properties beside its name, so that the style sheet need not be read. The names are those
of Microsoft's Rich Text Format Specification, 1.9.1. Headers, pictures and comments are no text.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from services.originality.extraction.documents import LEGACY_ENCODING
from services.originality.extraction.reader.draft import Draft, Pen
from services.originality.extraction.reader.legacy import by_font
from services.originality.extraction.reader.looks import Look
from services.originality.extraction.reader.packages import Broken
from services.originality.extraction.reader.richwords import (
    ANSI,
    CODING_OF_PAGE,
    CODINGS,
    MARGINS,
    NUMBERS,
    PARTING,
    PLAIN,
    SHOWN,
    SIGNS,
    SWITCHES,
    UNREAD,
    WORDS,
)

_TOKEN = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?"
    rb"|\\'(?P<hex>[0-9A-Fa-f]{2})|\\(?P<sign>[^A-Za-z])|(?P<brace>[{}])"
    rb"|(?P<letters>[^\\{}\r\n]+)|[\r\n]+|\\"
)
_DEEPEST = 500


class State(NamedTuple):
    """What holds in a group. Colours and fonts are numbers in their tables; sizes half-points."""

    table: str = ""  # of fonts or colours, where one is being read
    is_read: bool = True
    is_margin: bool = False
    is_note: bool = False
    is_deleted: bool = False
    vanished: bool = False
    colour: int = 0
    ground: int = 0
    shading: int = 0  # behind the paragraph
    size: int = 24
    font: int | None = None
    spares: int = 1  # letters after one of Unicode for those who do not know it


def read(body: bytes) -> Draft:
    """Return the text of a document; raise `Broken` where it is none."""
    if not body.lstrip().startswith(b"{\\rtf"):
        raise Broken
    reader = Reader()
    for token in tokens(body):
        reader.take(token)
    reader.flush()
    return reader.pen.draft()


def tokens(body: bytes) -> Iterator[re.Match[bytes]]:
    """Yield the tokens of a document, without the bytes that stand in it as they are."""
    place = 0
    while token := _TOKEN.match(body, place):
        place = token.end()
        if token["word"] == b"bin":
            place += max(int(token["number"] or 0), 0)
        else:
            yield token


class Reader:
    """Takes the tokens of a document one by one, and writes what is text."""

    def __init__(self) -> None:
        self.pen = Pen()
        self.state = State()
        self.around: list[State] = []
        self.coding = ANSI
        self.codings: dict[int, str] = {}  # of fonts
        self.names: dict[int, bytes] = {}
        self.parts: list[int] = []  # red, green and blue of the colour at hand
        self.colours: list[str | None] = []
        self.is_cell_shaded = False
        self.pending = b""  # bytes of letters, decoded together
        self.units: list[int] = []  # of UTF-16
        self.spare = 0  # letters still to be passed over

    def take(self, token: re.Match[bytes]) -> None:
        """Take a token."""
        if token["letters"]:
            self.take_letters(token["letters"])
        elif token["hex"]:
            self.take_letters(bytes([int(token["hex"], 16)]))
        elif token["word"]:
            number = token["number"]
            self.take_word(token["word"].decode(), None if number is None else int(number))
        elif token["sign"]:
            self.take_sign(token["sign"].decode("latin-1"))
        elif token["brace"]:
            self.take_brace(token["brace"])

    def take_brace(self, brace: bytes) -> None:
        """Begin a group, or end one."""
        self.flush()
        self.spare = 0
        if brace == b"{":
            if len(self.around) > _DEEPEST:
                raise Broken
            self.around.append(self.state)
        elif self.around:
            ended, self.state = self.state, self.around.pop()
            if ended.is_note and not self.state.is_note:
                self.pen.part()

    def take_letters(self, letters: bytes) -> None:
        """Take letters, without those that stand for one of Unicode."""
        if self.state.table:
            self.read_table(letters)
            return
        passed = min(self.spare, len(letters))
        self.spare -= passed
        if letters[passed:]:
            self.flush() if self.units else None
            self.pending += letters[passed:]

    def take_sign(self, sign: str) -> None:
        """Take a sign that stands for a letter, or says that a group may be passed over."""
        if sign == "*":
            self.state = self.state._replace(is_read=False)
        elif sign in "\\{}":
            self.take_letters(sign.encode())
        elif sign in SIGNS:
            self.write(SIGNS[sign])

    def take_word(self, word: str, number: int | None) -> None:
        """Take a word."""
        if word == "u" and number is not None:
            self.flush() if self.pending else None
            self.units.append(number & 0xFFFF)
            self.spare = self.state.spares
            return
        self.flush()
        self.begin(word)
        if self.state.table:
            self.note_of_table(word, number)
        elif word in PARTING:
            self.pen.part() if self.state.is_read else None
        elif word in WORDS:
            self.write(WORDS[word])
        else:
            self.note(word, number)

    def begin(self, word: str) -> None:
        """Take note of what a group is for, if the word says it."""
        if word in MARGINS:
            self.state = self.state._replace(is_read=False, is_margin=True)
        elif word in UNREAD or word in SHOWN:
            is_read = word in SHOWN and not self.state.is_margin
            self.state = self.state._replace(is_read=is_read)
        elif word == "footnote":
            self.state = self.state._replace(is_note=self.state.is_read)
        elif word in ("fonttbl", "colortbl"):
            self.state = self.state._replace(table=word)

    def note(self, word: str, number: int | None) -> None:
        """Take note of a property."""
        if word in SWITCHES:
            said: dict[str, Any] = {SWITCHES[word]: number != 0}
            self.state = self.state._replace(**said)
        elif word in NUMBERS:
            said = {NUMBERS[word]: number or 0}
            self.state = self.state._replace(**said)
        elif word == "f":
            self.state = self.state._replace(font=number)
        elif word == "plain":
            self.state = self.state._replace(**PLAIN)
        elif word == "pard":
            self.state = self.state._replace(shading=0)
        elif word in ("trowd", "clcbpat"):
            self.is_cell_shaded = word == "clcbpat" and bool(number)
        elif word == "ansicpg" and number:
            self.coding = CODING_OF_PAGE.get(number, ANSI)

    def note_of_table(self, word: str, number: int | None) -> None:
        """Take note of what is said of a font, or of a colour."""
        if word == "f":
            self.state = self.state._replace(font=number)
        elif word == "fcharset" and self.state.font is not None:
            self.codings[self.state.font] = CODINGS.get(number or 0, "")
        elif word in ("red", "green", "blue"):
            self.parts.append((number or 0) & 0xFF)

    def read_table(self, letters: bytes) -> None:
        """Read the name of a font, or the end of a colour."""
        if self.state.table == "colortbl":
            for _ in range(letters.count(b";")):
                self.colours.append(bytes(self.parts).hex() if len(self.parts) == 3 else None)
                self.parts = []
        elif self.state.font is not None and self.state.is_read:
            self.names[self.state.font] = self.names.get(self.state.font, b"") + letters

    def flush(self) -> None:
        """Write the letters that have come since a property changed."""
        if self.pending:
            font = self.state.font
            coding = (self.codings.get(font) if font is not None else "") or self.coding
            pending, self.pending = self.pending, b""
            self.write(pending.decode(coding, "replace"))
        if self.units:
            units = b"".join(unit.to_bytes(2, "little") for unit in self.units)
            self.units = []
            self.write(units.decode("utf-16-le", "replace"))

    def write(self, letters: str) -> None:
        """Write letters of the state at hand, converted if their font is of the old kind."""
        self.flush()
        state = self.state
        if not state.is_read or state.is_deleted or state.table:
            return
        named = self.names.get(state.font, b"") if state.font is not None else b""
        name = named.decode("latin-1").strip(" ;")
        text, encoding = by_font(letters, name)
        start = self.pen.length
        self.pen.write(text, self.look(name).hidden)
        if encoding:
            self.pen.mark(LEGACY_ENCODING, start, encoding)

    def look(self, font: str) -> Look:
        """Return how letters of the state at hand look."""
        state = self.state
        ground = self.colour(state.ground) or self.colour(state.shading)
        return Look(
            vanished=state.vanished,
            colour=self.colour(state.colour),
            ground=ground or ("of the cell" if self.is_cell_shaded else None),
            size=state.size / 2 if state.size > 0 else None,
            font=font,
        )

    def colour(self, number: int) -> str | None:
        """Return a colour of the table; None for the one that suits the ground."""
        return self.colours[number] if 0 <= number < len(self.colours) else None
