"""The receipt as a paper: what is printed on it, in which words. Start with `draw_up`.

It is laid out like the receipt of the one-stop desk (Mẫu 01), but quotes the contest's plan:
a contest is no administrative procedure. What is printed is kept, so that a receipt never
changes its words, whatever a unit or a paper is called later.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from contracts.rules import Basis, Dossier, Rules
from services.intake.domain.deadlines import Counted
from services.intake.domain.documents import Document, paper_of
from services.intake.domain.eligibility import Author, clean
from services.intake.domain.entries import Entry
from services.intake.domain.windows import Calendar

CHANNELS = {
    "ONLINE": "Trực tuyến, qua cổng của cuộc thi",
    "DESK": "Trực tiếp tại nơi tiếp nhận",
    "POST": "Qua dịch vụ bưu chính",
    "ONE_STOP": "Qua hệ thống một cửa điện tử",
}
KINDS = {"INDIVIDUAL": "Cá nhân", "COLLECTIVE": "Tập thể"}
NOTHING_MISSING = "Không; hồ sơ đủ thành phần theo thể lệ"
DUE = "; hạn bổ sung do nơi tiếp nhận hồ sơ ghi trong yêu cầu bổ sung"
LATE = "Nộp muộn, chờ Ban Tổ chức xem xét."
ADMITTED = "Nộp muộn, nay được chấp nhận; thay giấy biên nhận đã cấp cho lần nộp này."
BY_ITSELF = "Hệ thống tiếp nhận tự động"

# What the font of official papers has a shape for: Latin with its Vietnamese letters and marks.
# A picture in one title must not keep a receipt from being printed.
WITHOUT_SHAPE = re.compile(
    "[^ -~\u00a1-\u00ac\u00ae-\u024f\u1ea0-\u1ef9\u2013\u2014\u2018-\u201e\u2022\u2026\u20ab]"
)

Said = tuple[str, str, str]  # the name of a line, its label and its text


@dataclass(frozen=True, slots=True)
class Line:
    """One thing the receipt says: its label and what stands behind it."""

    name: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Component:
    """A row of the table of components: a paper, its number of files and their digests."""

    name: str
    count: int
    digests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReceiptPaper:
    """A receipt as it is printed. `salt` keeps names from being guessed from its digest."""

    host: str
    desk: str
    contact: str
    title: str
    basis: str
    issued: str
    code: str
    lines: tuple[Line, ...]
    components: tuple[Component, ...]
    receiver: str
    salt: str


@dataclass(frozen=True, slots=True)
class Handed:
    """What the desk has in hand: the documents that count, and what it knows beside the entry.

    `units` are names by unit id as they are today; `receiver` is None where nobody took it.
    `is_admitted` if it came late and has been let in since.
    """

    documents: tuple[Document, ...]
    missing: tuple[str, ...]
    units: Mapping[str, str]
    receiver: str | None
    issued_on: date
    salt: str
    is_admitted: bool = False


def draw_up(entry: Entry, rules: Rules, handed: Handed, counted: Counted) -> ReceiptPaper:
    """Return the receipt of an entry that has just been handed in and counts so."""
    said = (*concerning(entry, rules, handed.units), *timed(entry, rules, handed, counted))
    return ReceiptPaper(
        host=printable(rules.organiser.host.upper()),
        desk=printable(rules.organiser.intake_desk.upper()),
        contact=printable(rules.organiser.intake_desk),
        title=printable(rules.receipt.title),
        basis=printable(based_on(rules.title, rules.basis[0])),
        issued=in_words(handed.issued_on),
        code=entry.receipt_code or "",
        lines=tuple(Line(name, label, printable(text)) for name, label, text in said),
        components=components(rules.dossier, handed.documents),
        receiver=printable(handed.receiver or BY_ITSELF),
        salt=handed.salt,
    )


def concerning(entry: Entry, rules: Rules, units: Mapping[str, str]) -> tuple[Said, ...]:
    """Return the lines on who enters what."""
    areas = {area.code: area.name for area in rules.areas}
    groups = {group.code: group.name for group in rules.entrants.groups}
    lines = (
        ("entrants", "Người nộp hồ sơ", "; ".join(named(one, units) for one in entry.authors)),
        ("unit", "Đơn vị", units.get(entry.unit_id or "", "Không ghi")),
        (
            "kind",
            "Hình thức dự thi",
            f"{KINDS[entry.kind]} ({groups.get(entry.group, entry.group)})",
        ),
        ("title", "Tên đề tài dự thi", entry.title),
        ("area", "Lĩnh vực", areas.get(entry.area, entry.area)),
        ("channel", "Hình thức nộp", CHANNELS[entry.channel]),
    )
    if entry.external_code and entry.external_code != entry.receipt_code:
        return (*lines, ("external_code", "Mã hồ sơ một cửa", entry.external_code))
    return lines


def timed(entry: Entry, rules: Rules, handed: Handed, counted: Counted) -> tuple[Said, ...]:
    """Return the lines on when it came, how it counts and what it lacks."""
    calendar = Calendar.of(rules)
    standing = LATE if counted.is_late else ADMITTED if handed.is_admitted else "Trong hạn."
    missing = "; ".join(paper_of(rules.dossier, code).name for code in handed.missing)
    closes = calendar.show_end(rules.intake.closes)
    return (
        ("version", "Lần nộp", str(entry.version)),
        ("received", "Thời điểm tiếp nhận", to_the_second(calendar, counted.received_at)),
        ("counted", "Thời điểm tính hạn", to_the_second(calendar, counted.at)),
        ("standing", "Kết quả tính hạn", f"{standing} {counted.rule}"),
        ("missing", "Thành phần còn thiếu", missing or NOTHING_MISSING),
        ("due", "Hạn nhận hồ sơ", f"{closes}, giờ Việt Nam{DUE if missing else ''}"),
    )


def components(dossier: Dossier, documents: tuple[Document, ...]) -> tuple[Component, ...]:
    """Return a row for every paper of which files were handed in, in the order they came.

    One that an amendment has dropped since has no name any more but its code.
    """
    papers = (*dossier.required, *dossier.optional, *dossier.conditional)
    names = {paper.code: paper.name for paper in papers}
    counts = Counter(document.announced.code for document in documents)
    return tuple(
        Component(
            printable(names.get(code, code)),
            count,
            tuple(
                document.announced.sha256
                for document in documents
                if document.announced.code == code
            ),
        )
        for code, count in counts.items()
    )


def named(author: Author, units: Mapping[str, str]) -> str:
    """Write an author with what else the entry says of them."""
    unit = units.get(author.unit_id or "")
    return printable(", ".join(part for part in (author.full_name, author.position, unit) if part))


def based_on(title: str, basis: Basis) -> str:
    """Write which contest it is, and on which document that rests."""
    dated = f" {in_words(basis.issued_on)}" if basis.issued_on else ""
    return f"Cuộc thi “{title}” theo {basis.doc}{dated} của {basis.issuer}"


def in_words(day: date) -> str:
    """Write a day as official papers do: a zero before days under 10 and months 1 and 2."""
    month = f"{day:%m}" if day.month <= 2 else str(day.month)
    return f"ngày {day:%d} tháng {month} năm {day.year}"


def to_the_second(calendar: Calendar, instant: datetime) -> str:
    """Write a local instant in words, to the second."""
    local = instant.astimezone(calendar.zone)
    return f"{local:%H} giờ {local:%M} phút {local:%S} giây, {in_words(local.date())}"


def printable(text: str) -> str:
    """Return what of a text can be printed."""
    return clean(WITHOUT_SHAPE.sub("", clean(text)))
