"""From the closed rounds to a prize list, and what the council decides about it."""

from typing import assert_never

from contracts import awards
from contracts.rules import Rules
from contracts.rules.reckoning import Vote
from kernel.database import Work
from kernel.errors import require
from kernel.messaging import command, query
from services.awards import store
from services.awards.domain import prizes
from services.awards.service.saying import described, list_view
from services.awards.service.standing import standing


class Prizes:
    """Proposals, votes, prizes left unawarded, side prizes."""

    @command
    def propose_prizes(
        self, asked: awards.ProposePrizes, work: Work
    ) -> tuple[awards.PrizeLine, ...]:
        """Rank by the rules and draw up the list; the reply is empty while there are ties."""
        require(work.actor.within(asked.contest_id), "secretary", "organiser")
        rules = store.lock_rules(work.session, asked.contest_id)
        listed = store.load_list(work.session, asked.contest_id)
        field = standing(work, rules)
        _, outcome = field.draw(listed.council)
        store.save_list(work.session, asked.contest_id, listed.propose(outcome))
        match outcome:
            case prizes.Tied(ties):
                for tie in ties:
                    if tie not in listed.ties:
                        work.announce(awards.TieFound(contest_id=asked.contest_id, entry_ids=tie))
                return ()
            case prizes.Drawn(lines):
                shown = described(lines, field.entries, rules)
                work.announce(awards.PrizesProposed(contest_id=asked.contest_id, lines=shown))
                return shown
            case _:
                assert_never(outcome)

    @command
    def resolve_tie(self, asked: awards.ResolveTie, work: Work) -> None:
        """Record the council's vote; the next proposal follows it."""
        require(work.actor.within(asked.contest_id), "chair")
        rules = store.lock_rules(work.session, asked.contest_id)
        listed = store.load_list(work.session, asked.contest_id)
        listed = listed.resolve(Vote(asked.order, asked.minutes, asked.reason), rules)
        store.save_list(work.session, asked.contest_id, listed)
        work.announce(
            awards.TieResolved(
                contest_id=asked.contest_id,
                order=asked.order,
                minutes=asked.minutes,
                reason=asked.reason,
            )
        )

    @command
    def leave_unawarded(self, asked: awards.LeaveUnawarded, work: Work) -> None:
        """Record that the council awards fewer of a prize than there are."""
        require(work.actor.within(asked.contest_id), "organiser", "chair")
        rules = store.lock_rules(work.session, asked.contest_id)
        listed = store.load_list(work.session, asked.contest_id)
        limit = prizes.Limit(asked.prize, asked.count, asked.minutes, asked.reason)
        listed = listed.decide(listed.council.limit(limit, rules))
        store.save_list(work.session, asked.contest_id, listed)
        work.announce(
            awards.CouncilDecided(
                contest_id=asked.contest_id,
                prize=asked.prize,
                count=asked.count,
                minutes=asked.minutes,
                reason=asked.reason,
            )
        )

    @command
    def name_side_prize(self, asked: awards.NameSidePrize, work: Work) -> None:
        """Record whom the council names for a side prize."""
        require(work.actor.within(asked.contest_id), "organiser", "chair")
        rules = store.lock_rules(work.session, asked.contest_id)
        listed = store.load_list(work.session, asked.contest_id)
        store.require_known(asked.entry_ids, store.load_entries(work.session, asked.contest_id))
        named = prizes.Named(asked.prize, asked.entry_ids, asked.minutes, asked.reason)
        listed = listed.decide(listed.council.name(named, rules))
        store.save_list(work.session, asked.contest_id, listed)
        work.announce(
            awards.CouncilDecided(
                contest_id=asked.contest_id,
                prize=asked.prize,
                entry_ids=asked.entry_ids,
                minutes=asked.minutes,
                reason=asked.reason,
            )
        )

    @query
    def show_prizes(self, asked: awards.ShowPrizes, work: Work) -> awards.PrizeList:
        """Show the list and where it stands to those who work on it."""
        rules = store.load_rules(work.session, asked.contest_id)
        require_office(work, rules, "secretary", "organiser", "chair")
        listed = store.load_list(work.session, asked.contest_id)
        return list_view(listed, store.load_entries(work.session, asked.contest_id), rules)


def require_office(work: Work, rules: Rules, *roles: str) -> None:
    """Raise `Forbidden` unless the actor holds a role or is an authority of the contest."""
    authorities = (f"authority:{authority.code}" for authority in rules.authorities)
    require(work.actor.within(rules.id), *roles, *authorities)
