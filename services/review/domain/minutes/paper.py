"""What minutes consist of, whatever they are printed as. Start with `Paper`.

The layout is form 1.9 of Nghị định 30/2020/NĐ-CP, Phụ lục III; the press knows the millimetres.
"""

from dataclasses import dataclass

ROOM = 163  # millimetres between the margins


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `widths` in millimetres fill the line, `centred` are columns by place from 0."""

    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    centred: tuple[int, ...] = (0,)

    def __post_init__(self) -> None:
        """Refuse a table that would not fit the page."""
        if sum(self.widths) != ROOM or len(self.widths) != len(self.columns):
            raise ValueError(f"The columns {self.columns} do not fill {ROOM} mm: {self.widths}.")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the content: a heading, sentences, then a table."""

    title: str
    lines: tuple[str, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """Minutes ready to be printed.

    `parent` and `issuer` are lines in capitals that fit their column. `number` is empty in a
    draft, `replaces` unless it is a new version. `labelled` are pairs such as Địa điểm and where;
    `ended` is the last sentence. `keeper` and `presider` are the names under the signatures.
    """

    parent: tuple[str, ...]
    issuer: tuple[str, ...]
    number: str
    symbol: str
    subject: str
    replaces: str
    labelled: tuple[tuple[str, str], ...]
    attendance: Part
    led_by: tuple[tuple[str, str], ...]
    content: tuple[Part, ...]
    ended: str
    keeper: str
    presider: str
    recipients: tuple[str, ...]


def head_lines(name: str, room: int = 26) -> tuple[str, ...]:
    """Set a body's name in capitals on lines of at most `room` letters, of like length."""
    capitals = name.upper()
    if len(capitals) <= room or " " not in capitals:
        return (capitals,) if capitals else ()
    spaces = [at for at, letter in enumerate(capitals) if letter == " "]
    middle = min(spaces, key=lambda at: abs(2 * at - len(capitals)))
    return (*head_lines(capitals[:middle], room), *head_lines(capitals[middle + 1 :], room))
