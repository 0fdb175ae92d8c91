"""The records desk (văn thư): gives an approved list its numbers and words.

Start with `Registry.draw_up`; `open_registry` gathers what it needs to know. Papers of other kinds
are drawn up in `issuing`.
"""

from dataclasses import dataclass
from datetime import date

from contracts import awards
from contracts.rules import Rules
from kernel.database import Work
from services.awards import store
from services.awards.domain.prizes import Batch, Line, PrizeList, batches
from services.awards.domain.wording import Award, Issue, Profile, certificate, decision
from services.awards.service.days import today
from services.awards.service.issuing import Draft, words_of


@dataclass(frozen=True, slots=True)
class Numbers:
    """The number of a decision and those of its certificates in the golden book."""

    decision: int
    register: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Registry:
    """What the papers of one contest need: its rules, words, day, entries and winners by id."""

    work: Work
    rules: Rules
    profile: Profile
    dated: date
    entries: dict[str, store.EntryRow]
    winners: dict[str, Award]

    def draw_up(self, listed: PrizeList) -> list[Draft]:
        """Give every paper its number and words: each decision, followed by its certificates."""
        planned = batches(listed, self.rules)
        numbers = self.draw_numbers(planned)
        drafts = []
        for batch, drawn in zip(planned, numbers, strict=True):
            issue = Issue(batch.authority, batch.commendation, drawn.decision, self.dated)
            drafts.append(self.draft_decision(issue, batch))
            for line, register in zip(batch.lines, drawn.register, strict=True):
                drafts.append(self.draft_certificate(issue, line, register))
        return drafts

    def draw_numbers(self, planned: tuple[Batch, ...]) -> list[Numbers]:
        """Take numbers from the series, in one order everywhere so that none waits in a circle."""
        drawn: dict[int, Numbers] = {}
        for place, batch in sorted(enumerate(planned), key=lambda each: each[1].series):
            draw = (self.work.session, batch.body, self.dated.year)
            first = store.draw_number(*draw, book=batch.authority.symbol)
            register = (store.draw_number(*draw, book=batch.commendation) for _ in batch.lines)
            drawn[place] = Numbers(first, tuple(register))
        return [drawn[place] for place in range(len(planned))]

    def draft_decision(self, issue: Issue, batch: Batch) -> Draft:
        """Word an authority's decision about a batch."""
        named = tuple(self.winners[line.entry_id] for line in batch.lines)
        return Draft(
            awards.Paper(
                paper_id=self.work.new_id(),
                kind="DECISION",
                authority=issue.authority.code,
                number=issue.number,
                symbol=issue.authority.symbol,
                dated=issue.dated,
            ),
            decision(issue, named, self.rules, self.profile),
        )

    def draft_certificate(self, issue: Issue, line: Line, register: int) -> Draft:
        """Word the certificate of one winner."""
        winner = self.winners[line.entry_id]
        return Draft(
            awards.Paper(
                paper_id=self.work.new_id(),
                kind="CERTIFICATE",
                authority=issue.authority.code,
                number=issue.number,
                symbol=issue.authority.symbol,
                dated=issue.dated,
                prize=line.prize,
                entry_id=line.entry_id,
                register=register,
            ),
            certificate(issue, winner, register, self.rules, self.profile),
            tuple(self.entries[line.entry_id].author_ids),
        )

    def results(self, listed: PrizeList, papers: tuple[awards.Paper, ...]) -> awards.Results:
        """Say in public who won what, and nothing else about them."""
        lines = listed.lines or ()
        return awards.Results(
            contest_id=self.rules.id,
            contest_title=self.rules.title,
            published_at=self.work.now,
            winners=tuple(
                awards.Winner(
                    title=self.winners[line.entry_id].title,
                    authors=self.winners[line.entry_id].authors,
                    unit=self.winners[line.entry_id].unit,
                    prize=line.prize,
                    prize_name=self.winners[line.entry_id].prize,
                    score=line.score,
                )
                for line in lines
            ),
            papers=papers,
        )


def open_registry(
    work: Work, rules: Rules, entries: dict[str, store.EntryRow], lines: tuple[Line, ...]
) -> Registry:
    """Gather the words and the winners' names, as they are on the contest's own day."""
    dated = today(work, rules)
    store.require_known([line.entry_id for line in lines], entries)
    won = {line.entry_id: entries[line.entry_id] for line in lines}
    people = store.full_names(
        work.session, {id_ for row in won.values() for id_ in row.author_ids}
    )
    units = store.unit_names(work.session, dated)
    prizes = {prize.code: prize.name for prize in rules.prizes}
    winners = {
        line.entry_id: Award(
            title=won[line.entry_id].title,
            authors=tuple(people[id_] for id_ in won[line.entry_id].author_ids),
            unit=units.get(won[line.entry_id].unit_id or ""),
            prize=prizes[line.prize],
            score=line.score,
        )
        for line in lines
    }
    return Registry(work, rules, words_of(work.session, rules), dated, entries, winners)
