"""From the closed rounds to an approved prize list."""

from typing import assert_never

from contracts import awards
from contracts.rules import Rules
from contracts.rules.reckoning import Vote
from kernel.database import Work
from kernel.errors import require
from kernel.messaging import command, query
from services.awards import store
from services.awards.domain import classes, prizes, ranking


class Prizes:
    """Proposal, votes and approvals."""

    @command
    def propose_prizes(
        self, asked: awards.ProposePrizes, work: Work
    ) -> tuple[awards.PrizeLine, ...]:
        """Rank by the rules and draw up the list; the reply is empty while there are ties."""
        require(work.actor, "secretary", "organiser")
        rules = store.lock_rules(work.session, asked.contest_id)
        listed = store.load_list(work.session, asked.contest_id)
        entries = store.load_entries(work.session, asked.contest_id)
        results = store.load_results(work.session, asked.contest_id)
        out = {entry_id for entry_id, entry in entries.items() if entry.is_out}
        kinds = {entry_id: entry.kind for entry_id, entry in entries.items()}
        finalists = ranking.finalists(results, out, rules)
        _, outcome = classes.draw(finalists, rules, listed.votes, kinds)
        store.save_list(work.session, asked.contest_id, listed.propose(outcome))
        match outcome:
            case prizes.Tied(ties):
                for tie in ties:
                    if tie not in listed.ties:
                        work.announce(awards.TieFound(contest_id=asked.contest_id, entry_ids=tie))
                return ()
            case prizes.Drawn(lines):
                shown = described(lines, entries)
                work.announce(awards.PrizesProposed(contest_id=asked.contest_id, lines=shown))
                return shown
            case _:
                assert_never(outcome)

    @command
    def resolve_tie(self, asked: awards.ResolveTie, work: Work) -> None:
        """Record the council's vote; the next proposal follows it."""
        require(work.actor, "chair")
        rules = store.lock_rules(work.session, asked.contest_id)
        listed = store.load_list(work.session, asked.contest_id)
        listed = listed.resolve(Vote(asked.order, asked.minutes, asked.reason), rules)
        store.save_list(work.session, asked.contest_id, listed)

    @command
    def approve_prizes(self, asked: awards.ApprovePrizes, work: Work) -> bool:
        """Let an authority approve what it grants."""
        require(work.actor, f"authority:{asked.authority}")
        rules = store.lock_rules(work.session, asked.contest_id)
        listed = store.load_list(work.session, asked.contest_id)
        listed = listed.approve(asked.authority, rules)
        store.save_list(work.session, asked.contest_id, listed)
        complete = not listed.awaited(rules)
        work.announce(
            awards.PrizesApproved(
                contest_id=asked.contest_id, authority=asked.authority, complete=complete
            )
        )
        return complete

    @query
    def show_prizes(self, asked: awards.ShowPrizes, work: Work) -> awards.PrizeList:
        """Show the list and where it stands to those who work on it."""
        rules = store.load_rules(work.session, asked.contest_id)
        require_office(work, rules, "secretary", "organiser", "chair")
        listed = store.load_list(work.session, asked.contest_id)
        entries = store.load_entries(work.session, asked.contest_id)
        return awards.PrizeList(
            state=listed.state(rules),
            lines=described(listed.lines or (), entries),
            approved=listed.approved,
            ties=listed.ties,
        )


def described(
    lines: tuple[prizes.Line, ...], entries: dict[str, store.EntryRow]
) -> tuple[awards.PrizeLine, ...]:
    """Say of every line what everybody calls the entry, and whose it is."""
    store.require_known([line.entry_id for line in lines], entries)
    return tuple(
        awards.PrizeLine(
            entry_id=line.entry_id,
            title=entries[line.entry_id].title,
            author_ids=tuple(entries[line.entry_id].author_ids),
            prize=line.prize,
            score=line.score,
            rank=line.rank,
            unit_id=entries[line.entry_id].unit_id,
        )
        for line in lines
    )


def require_office(work: Work, rules: Rules, *roles: str) -> None:
    """Raise `Forbidden` unless the actor holds a role or is an authority of the contest."""
    authorities = (f"authority:{authority.code}" for authority in rules.authorities)
    require(work.actor, *roles, *authorities)
