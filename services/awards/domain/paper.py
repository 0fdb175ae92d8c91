"""What an official paper consists of, whatever it is printed as, and how it writes things.

The layout that these parts are set in is that of Nghị định 30/2020/NĐ-CP, Phụ lục I; the press
knows the millimetres. Start with `Document` and `Certificate`.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Head:
    """The top of page 1: who issues, under which number, where and when.

    `parent` (may be empty) and `issuer` are lines in capitals that fit their column; `number` is
    whole, as in `05/QĐ-UBND`; `placed` is the line `Hậu Giang, ngày … năm …`, empty in minutes.
    """

    parent: tuple[str, ...]
    issuer: tuple[str, ...]
    number: str
    placed: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Where the signer signs, by titles of a line each; `name` is None if nobody is named."""

    titles: tuple[str, ...]
    name: str | None


@dataclass(frozen=True, slots=True)
class Annex:
    """The list that goes with a paper, on pages of its own. `widths` are in millimetres.

    `goes_with` may be empty; the columns in `centred` (from 0) are.
    """

    title: str
    subject: str
    goes_with: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    centred: tuple[int, ...] = (0, 4, 5)


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A table and a chart of it, after everything else, the first on a page of its own.

    `chart` is SVG, `told` what it shows to those who cannot see it; both may be empty.
    """

    title: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    centred: tuple[int, ...] = ()
    chart: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of the content; a label stands before it in bold."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """An administrative document by one of the forms of Phụ lục III; what a form lacks is empty.

    `power` is the line in capitals that says whose decision it is, `addressees` stand after
    `Kính gửi`. Each of `bases` begins with "Căn cứ"; `proposed_by` is the line after them,
    `order` what the articles follow (`QUYẾT ĐỊNH:`). Articles are numbered by their order. One
    signature stands at the right; of two the first at the left. `check` is what the QR code
    says, the address a reader checks the paper at.
    """

    head: Head
    type_name: str
    subject: str
    signatures: tuple[Signature, ...]
    recipients: tuple[str, ...]
    power: str = ""
    addressees: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    proposed_by: str = ""
    order: str = ""
    articles: tuple[str, ...] = ()
    body: tuple[Passage, ...] = ()
    annex: Annex | None = None
    check: str = ""
    exhibits: tuple[Exhibit, ...] = ()


@dataclass(frozen=True, slots=True)
class Certificate:
    """A Bằng khen or Giấy khen for one entry, with all its authors."""

    giver: str
    type_name: str
    recipient: str
    unit: str
    achievement: str
    placed: str
    signature: Signature
    decided: str
    registered: str
    check: str = ""


def head_lines(name: str | None, room: int = 26) -> tuple[str, ...]:
    """Set an agency's name in capitals on one line, or on two of like length if it is long."""
    capitals = (name or "").upper()
    if len(capitals) <= room:
        return (capitals,) if capitals else ()
    spaces = (at for at, letter in enumerate(capitals) if letter == " ")
    middle = min(spaces, key=lambda at: abs(2 * at - len(capitals)), default=len(capitals))
    return tuple(part for part in (capitals[:middle], capitals[middle + 1 :]) if part)


def full_number(number: int, symbol: str) -> str:
    """Write number and symbol, as in `05/QĐ-UBND`: below 10 with a leading zero.

    0 is a number that is not given yet, and left open.
    """
    return f"{number:02d}/{symbol}" if number else f"…/{symbol}"


def file_name(number: int, symbol: str, register: int | None) -> str:
    """Name a file after its decision, and a certificate after its place in the golden book too."""
    decision = f"{number:02d}-{symbol}"
    return decision if register is None else f"{decision}, số sổ vàng {register:02d}"


def long_date(day: date) -> str:
    """Write a date as papers do: zero before days below 10 and before January and February."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def written_score(score: Decimal) -> str:
    """Write a score with a decimal comma."""
    return f"{score:f}".replace(".", ",")
