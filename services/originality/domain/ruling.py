"""Which report counts, and what a person may decide about it. Start with `rule`."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Self

from kernel.errors import Conflict, NotFound, Refused
from services.originality.domain.verdict import TRICKS, Level


class UnknownReport(NotFound):
    """There is no such report; the text may still be waiting for its check."""


class NothingToRule(Refused):
    """This report is clear; it needs no ruling."""


class ReportSuperseded(Conflict):
    """A newer report was made meanwhile; read it and rule on that one."""


class AlreadyRuled(Conflict):
    """Somebody has ruled on this report already."""


class ReasonMissing(Refused):
    """Write down the reason; it goes into the minutes."""


class Ruling(StrEnum):
    """What a person decides."""

    ORIGINAL = "ORIGINAL"
    DUPLICATE = "DUPLICATE"


@dataclass(frozen=True, slots=True)
class Filed:
    """A report as it lies in the file. `sources` are ids; `content` tells reports apart."""

    report_id: str
    version: int
    level: Level
    share: Decimal
    sources: frozenset[str]
    content: str
    ruling: Ruling | None = None
    flags: frozenset[str] = frozenset()

    def gives_way_to(self, newer: Self) -> bool:
        """Say whether a newer report replaces this one.

        A person's ruling falls only where there is something they have not seen.
        """
        if newer.version != self.version:
            return True
        if self.ruling is None:
            return newer.content != self.content
        unseen = (newer.sources - self.sources) | (newer.flags & TRICKS - self.flags)
        return bool(unseen) or newer.share > self.share


def rule(report: Filed, newest: Filed, reason: str) -> str:
    """Return the reason as it is written down, if a ruling may be made now."""
    if report.report_id != newest.report_id:
        raise ReportSuperseded
    if report.ruling is not None:
        raise AlreadyRuled(
            "Report {report_id} is ruled on already: {ruling}.",
            report_id=report.report_id,
            ruling=report.ruling,
        )
    if report.level is Level.CLEAR:
        raise NothingToRule
    if not reason.strip():
        raise ReasonMissing
    return reason.strip()
