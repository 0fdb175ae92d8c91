"""The formal check of a dossier, completed by a clerk before anybody decides."""

from collections.abc import Iterable
from decimal import Decimal

from contracts import intake
from contracts.rules import Rules
from kernel.database import Work
from kernel.messaging import command, query
from services.intake.domain.checklist import Answer, Findings, Line, checklist, line_of
from services.intake.domain.documents import Document
from services.intake.domain.eligibility import clean
from services.intake.domain.entries import Entry, NoReason, State, WrongState
from services.intake.domain.papers import needed
from services.intake.service.access import STAFF, check_may_decide, check_may_see, require_here
from services.intake.service.dossiers import missing_of, papers_handed_in
from services.intake.store import agencies, contests, entries, officers, people
from services.intake.store.checking import add_answer, load_answers


class Checking:
    """A checklist is of one version; handed in anew, a dossier is looked at anew."""

    @command
    def answer_checklist(self, asked: intake.AnswerChecklist, work: Work) -> None:
        """Keep what a clerk has found, with who and when."""
        entry = entries.load_entry(work.session, asked.entry_id)
        require_here(work, entry.contest_id, "clerk", "secretary")
        check_may_decide(entry, work)
        entry.check_undecided()
        if entry.state is not State.SUBMITTED:
            raise WrongState("The entry is {state}; it is not checked now.", state=entry.state)
        line_of(lines_of(entry, work), asked.item).check_answer(ok=asked.ok)
        note = clean(asked.note)
        if not asked.ok and not note:
            raise NoReason
        answer = Answer(asked.item, asked.ok, note, work.actor.id, work.now)
        add_answer(work.session, entry.entry_id, entry.version, answer)

    @query
    def show_checklist(self, asked: intake.ShowChecklist, work: Work) -> intake.Checklist:
        """Show what is met, what is not, and what somebody still has to look at."""
        entry = entries.read_entry(work.session, asked.entry_id)
        check_may_see(entry, work)
        require_here(work, entry.contest_id, *sorted(STAFF))
        check_may_decide(entry, work)
        lines = lines_of(entry, work)
        return intake.Checklist(
            entry_id=entry.entry_id,
            version=entry.version,
            complete=all(line.state == "OK" for line in lines),
            lines=tuple(shown(line) for line in lines),
        )


def lines_of(entry: Entry, work: Work) -> tuple[Line, ...]:
    """Return the checklist of an entry as it was handed in last."""
    rules = contests.load_rules(work.session, entry.contest_id).rules
    answers = load_answers(work.session, entry.entry_id, entry.version)
    return checklist(rules, findings(entry, rules, work), answers)


def findings(entry: Entry, rules: Rules, work: Work) -> Findings:
    """Gather what is known of a dossier."""
    missing = missing_of(entry, rules, work)
    units = {entry.unit_id, *(author.unit_id for author in entry.authors)} - {None}
    authors = people.alike(work.session, entry.author_ids)
    return Findings(
        asked=needed(entry, rules),
        missing=missing,
        pages=longest(papers_handed_in(entry, rules, work)),
        shares=sum((author.share for author in entry.authors), Decimal(0)),
        is_unit_known=units <= agencies.known_units(work.session),
        is_in_time=entry.state is not State.LATE,
        rule=entry.counting_rule or "",
        is_excluded=not officers.barred(work.session, entry.contest_id).isdisjoint(authors),
    )


def longest(papers: Iterable[Document]) -> dict[str, int]:
    """Return the pages of the longest file of each paper, by its code, as far as known."""
    pages: dict[str, int] = {}
    for paper in papers:
        if paper.pages is not None:
            code = paper.announced.code
            pages[code] = max(paper.pages, pages.get(code, 0))
    return pages


def shown(line: Line) -> intake.CheckLine:
    """Return a line as staff see it."""
    answer = line.answer
    return intake.CheckLine(
        item=line.item,
        name=line.name,
        state=line.state,
        met=line.met,
        detail=line.detail,
        note=answer.note if answer else "",
        answered_by=answer.by if answer else None,
        answered_at=answer.at if answer else None,
    )
