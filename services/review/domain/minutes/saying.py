"""How minutes write things: names, instants, numbers, digests."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from zoneinfo import ZoneInfo

from services.review.domain.minutes.facts import Sheet

SUBJECTS: Mapping[str, str] = {
    "OPENING": "mở vòng chấm và phân công chấm",
    "MISSING": "xử lý phiếu chấm chưa nộp và thay đổi giám khảo",
    "UNSEALING": "mở niêm phong phiếu chấm",
    "RECONSIDERING": "chấm lại và trao đổi về điểm chấm",
    "VOTE": "biểu quyết xếp thứ tự các bài bằng điểm",
    "CLOSING": "tổng hợp điểm và khép lại vòng chấm",
}


@dataclass(frozen=True, slots=True)
class Voice:
    """Writes persons by their names, instants in the contest's zone, minutes by their number.

    `unnamed` gathers the persons whom nobody has named.
    """

    names: Mapping[str, str]
    zone: ZoneInfo
    numbers: Mapping[str, str]
    unnamed: set[str]

    def name(self, person_id: str | None) -> str:
        """Return somebody's name; of whoever nobody has named the id, which is noted down."""
        if not person_id:
            return ""
        if named := self.names.get(person_id):
            return named
        self.unnamed.add(person_id)
        return person_id

    def all(self, person_ids: Iterable[str]) -> str:
        """Return names parted by semicolons."""
        return "; ".join(map(self.name, person_ids))

    def moment(self, at: datetime) -> str:
        """Write an instant in a sentence: `08 giờ 05 phút, ngày 15 tháng 8 năm 2022`."""
        local = at.astimezone(self.zone)
        return f"{local:%H giờ %M phút}, {long_date(local.date())}"

    def brief(self, at: datetime) -> str:
        """Write an instant in a table: `08:05:00 15/08/2022`."""
        return f"{at.astimezone(self.zone):%H:%M:%S %d/%m/%Y}"

    def cited(self, minutes: str) -> str:
        """Name minutes, those kept here by their number once they have one."""
        if not minutes:
            return ""
        number = self.numbers.get(minutes, minutes)
        return f"Biên bản số {number}" if number else "Biên bản này"


def long_date(day: date) -> str:
    """Write a date as papers do: zero before days below 10 and before January and February."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def figure(value: Decimal) -> str:
    """Write a number with the decimal comma."""
    return f"{value:f}".replace(".", ",").replace("-", "−")


def grouped(digest: str) -> str:
    """Write a digest in groups of 16, so that a narrow column can break it."""
    return " ".join(digest[at : at + 16] for at in range(0, len(digest), 16))


def digest_of_all(sheets: Iterable[Sheet]) -> str:
    """Return the SHA-256 of the digests of sheets, sorted, a line each."""
    return sha256("".join(sorted(f"{one.digest}\n" for one in sheets)).encode()).hexdigest()


def sentence(text: str) -> str:
    """Return words that end as a sentence does; nothing stays nothing."""
    said = " ".join(text.split())
    return said if not said or said[-1] in ".!?…" else f"{said}."
