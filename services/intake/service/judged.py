"""What judges get of an entry's papers: checked copies, by the entry's code."""

from typing import Literal

from contracts import intake
from kernel.database import Work
from kernel.messaging import query
from kernel.objects import Bucket
from services.intake.domain.copies import WORDS, BlindCopy, CopyState, NoSuchCopy, file_name
from services.intake.domain.entries import State
from services.intake.store import copies, entries

LINK_MINUTES = 15


class Judged:
    """A judge reads what lies on their desk and has been checked. All else is not there."""

    files: Bucket

    @query
    def list_judged_papers(
        self, asked: intake.ListJudgedPapers, work: Work
    ) -> tuple[intake.JudgedPaper, ...]:
        """List the papers of an entry on the asking judge's desk."""
        return tuple(
            intake.JudgedPaper(
                place=copy.place,
                paper=copy.paper,
                state=state_of(copy),
                pages=copy.pages if copy.state is CopyState.APPROVED else 0,
            )
            for copy in copies_for(asked, work)
        )

    @query
    def link_judged_paper(self, asked: intake.LinkJudgedPaper, work: Work) -> str:
        """Return a link to a checked copy, named by the entry's code and nothing else."""
        for copy in copies_for(asked, work):
            if copy.place == asked.place and copy.state is CopyState.APPROVED and copy.shown_key:
                name = file_name(asked.code, copy.place)
                return self.files.link(copy.shown_key, LINK_MINUTES, name)
        raise NoSuchCopy


def copies_for(
    asked: intake.ListJudgedPapers | intake.LinkJudgedPaper, work: Work
) -> tuple[BlindCopy, ...]:
    """Return the copies of papers that an entry's judge may know of. Raises `NoSuchCopy`."""
    place = (asked.contest_id, asked.round_id, asked.code)
    entry_id = copies.judged_entry(work.session, place, work.actor.id)
    entry = entries.read_entry(work.session, entry_id)
    if entry.state is not State.ACCEPTED:
        return ()
    found = copies.load_copies(work.session, entry_id, entry.version)
    return tuple(copy for copy in found if copy.place != WORDS)


def state_of(copy: BlindCopy) -> Literal["CHECKING", "READY", "WITHHELD"]:
    """Say what a judge is told of a copy; why it is withheld is not."""
    match copy.state:
        case CopyState.APPROVED:
            return "READY"
        case CopyState.WITHHELD:
            return "WITHHELD"
        case _:
            return "CHECKING"
