"""The formal check of a dossier (kiểm tra thể thức): what the rules ask, and whether it is met.

Most lines are computed; the rules' own are answered by a clerk. Start with `checklist`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from contracts.rules import Paper, Rules
from kernel.errors import NotFound, Refused
from services.intake.domain.eligibility import WHOLE


class UnknownCheck(NotFound):
    """The checklist has no such line."""


class CheckNotMet(Refused):
    """This line is computed and not met; ask for a supplement or refuse the dossier."""


class NotAllChecked(Refused):
    """The dossier cannot be accepted while lines of its checklist are open."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What is known of a dossier as handed in.

    `asked` are the papers it must have, `missing` the codes of those it lacks. `pages` holds the
    longest file of a paper, as far as the length is known.
    """

    asked: tuple[Paper, ...]
    missing: tuple[str, ...]
    pages: Mapping[str, int]
    shares: Decimal
    is_unit_known: bool
    is_in_time: bool
    rule: str
    is_excluded: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What a clerk has found, looking at the papers."""

    item: str
    ok: bool
    note: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to check. `met` is what was computed, None where only a clerk can tell."""

    item: str
    name: str
    met: bool | None = None
    detail: str = ""
    answer: Answer | None = None

    @property
    def state(self) -> Literal["OK", "NOT_OK", "OPEN"]:
        """Say where it stands: what is computed and met needs nobody, but may be contradicted."""
        if self.met is False or (self.answer is not None and not self.answer.ok):
            return "NOT_OK"
        return "OK" if self.met or self.answer is not None else "OPEN"

    def check_answer(self, *, ok: bool) -> None:
        """Raise `CheckNotMet` if somebody calls right what was computed to be wrong."""
        if ok and self.met is False:
            raise CheckNotMet(
                "“{name}” is computed and not met; ask for a supplement or refuse the dossier.",
                name=self.name,
            )


def checklist(rules: Rules, found: Findings, answers: Iterable[Answer]) -> tuple[Line, ...]:
    """Return every line, each with the newest answer to it; `answers` come oldest first."""
    newest = {answer.item: answer for answer in answers}
    lines = (*_papers(found), *_facts(rules, found), *_manual(rules))
    return tuple(
        Line(line.item, line.name, line.met, line.detail, newest.get(line.item)) for line in lines
    )


def line_of(lines: Iterable[Line], item: str) -> Line:
    """Return one line. Raises `UnknownCheck`."""
    found = next((line for line in lines if line.item == item), None)
    if found is None:
        raise UnknownCheck("The checklist has no line {item}.", item=item)
    return found


def check_complete(lines: Iterable[Line]) -> None:
    """Raise `NotAllChecked`, naming what is open or wrong, unless every line is right."""
    open_ = [line.name for line in lines if line.state != "OK"]
    if open_:
        raise NotAllChecked(
            "The dossier cannot be accepted; still to be settled: {lines}.", lines="; ".join(open_)
        )


def _papers(found: Findings) -> Iterable[Line]:
    for paper in found.asked:
        there = paper.code not in found.missing
        yield Line(f"PAPER.{paper.code}", f"Có {paper.name}", there, "" if there else "Còn thiếu.")
    for paper in found.asked:
        pages = found.pages.get(paper.code)
        if paper.max_pages is not None and pages is not None:
            name = f"{paper.name} không quá {paper.max_pages} trang"
            fits = pages <= paper.max_pages
            yield Line(f"PAGES.{paper.code}", name, fits, f"{pages} trang.")


def _facts(rules: Rules, found: Findings) -> Iterable[Line]:
    declared = [paper for paper in found.asked if paper.form == "DECLARATION"]
    if declared:
        made = not any(paper.code in found.missing for paper in declared)
        yield Line("DECLARATIONS", "Đã cam kết đủ các nội dung thể lệ yêu cầu", made)
    if rules.entrants.shares_required:
        total = f"Cộng lại là {str(found.shares).replace('.', ',')}%."
        name = "Tỷ lệ đóng góp của các tác giả cộng lại bằng 100%"
        yield Line("SHARES", name, found.shares == WHOLE, total)
    yield Line("UNIT", "Đơn vị có trong danh sách dự thi", found.is_unit_known)
    yield Line("IN_TIME", "Nộp trong thời hạn", found.is_in_time, found.rule)
    yield Line(
        "ELIGIBILITY",
        "Tác giả thuộc đối tượng được dự thi",
        not found.is_excluded,
        rules.entrants.excluded_rule if found.is_excluded else "",
    )


def _manual(rules: Rules) -> Iterable[Line]:
    for item in rules.dossier.checklist:
        yield Line(f"CHECK.{item.code}", item.name)
