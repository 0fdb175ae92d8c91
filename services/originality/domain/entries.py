"""Whose text was first, and by which rules of the contest it is compared."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Self

from contracts.rules import Rules
from services.originality.domain.known import Scope, scopes_of


class Standing(StrEnum):
    """What is left of an entry: a withdrawn one is no source, a disqualified one still is."""

    PRESENT = "PRESENT"
    WITHDRAWN = "WITHDRAWN"
    DISQUALIFIED = "DISQUALIFIED"


@dataclass(frozen=True, slots=True)
class Policy:
    """What the rules of a contest say about novelty. Shares are 0..1.

    Of the known initiatives those count that are of one of the `scopes` and not from after the
    `cutoff`.
    """

    contest_id: str
    title: str
    descriptions: frozenset[str]  # codes of the papers whose text is compared
    cutoff: date
    report_above: Decimal
    must_review_above: Decimal
    scopes: frozenset[Scope] = frozenset(Scope)
    own_checks: int = 0  # of an entrant before handing in, a day
    host: str = ""  # who holds the contest, for the head of papers
    blind: frozenset[str] = frozenset()  # rounds in which judges know entries by codes only

    @classmethod
    def of(cls, rules: Rules) -> Self:
        """Read it off the rules."""
        papers = (*rules.dossier.required, *rules.dossier.optional)
        return cls(
            contest_id=rules.id,
            title=rules.title,
            descriptions=frozenset(paper.code for paper in papers if paper.is_description),
            cutoff=rules.novelty.cutoff,
            report_above=rules.novelty.report_above,
            must_review_above=rules.novelty.must_review_above,
            scopes=scopes_of(rules.novelty),
            own_checks=rules.novelty.own_checks,
            host=rules.organiser.host,
            blind=frozenset(one.id for one in rules.rounds if one.blind),
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as far as its text goes. `filed_at` is when this very text was handed in."""

    entry_id: str
    contest_id: str
    title: str
    version: int
    filed_at: datetime
    digest: str
    standing: Standing = Standing.PRESENT

    def take(self, submitted: Self) -> Self | None:
        """Return the entry after a submission, or None where the submission says nothing new.

        A text keeps the instant of the version that brought it, so that a supplement neither
        loses its place nor lets a later text take the place of an earlier one.
        """
        if self.standing is not Standing.PRESENT:
            return None
        first = min(self.filed_at, submitted.filed_at)
        if submitted.version > self.version:
            same = submitted.digest == self.digest
            return replace(submitted, filed_at=first if same else submitted.filed_at)
        if submitted.digest == self.digest and first < self.filed_at:
            return replace(self, filed_at=first)
        return None

    def leave(self, standing: Standing) -> Self:
        """Return the entry once it is out; what was withdrawn stays withdrawn."""
        if self.standing is Standing.WITHDRAWN:
            return self
        return replace(self, standing=standing)
