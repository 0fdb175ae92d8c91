"""Rules are checked, shown, listed with their amendments, and tried on a past contest."""

from typing import cast

from contracts import intake
from contracts.rules import Rules
from kernel.database import Work
from kernel.errors import require
from kernel.messaging import query
from services.intake.domain.entries import Entry, State
from services.intake.domain.replay import why_out
from services.intake.rules import check
from services.intake.rules.changes import changes
from services.intake.service.contests import read_rules
from services.intake.service.dossiers import missing_of
from services.intake.store import contests, entries


class Rulebook:
    """What is asked about rules; they are public, what would become of entries is not."""

    @query
    def check_rules(self, asked: intake.CheckRules, work: Work) -> intake.RulesChecked:
        """Find every mistake in a rules file."""
        require(work.actor, "organiser", "secretary", "operator")
        checked = check(asked.source)
        return intake.RulesChecked(mistakes=checked.mistakes, sha256=checked.sha256)

    @query
    def show_contest(self, asked: intake.ShowContest, work: Work) -> intake.OpenedContest:
        """Show the rules in force."""
        frozen = contests.load_rules(work.session, asked.contest_id)
        return intake.OpenedContest(
            contest_id=asked.contest_id,
            number=frozen.number,
            sha256=frozen.sha256,
            rules=frozen.rules,
            source=frozen.source,
        )

    @query
    def list_amendments(
        self, asked: intake.ListAmendments, work: Work
    ) -> tuple[intake.Amendment, ...]:
        """List every version of the rules, each with what it changed in words."""
        versions = contests.load_versions(work.session, asked.contest_id)
        before = versions[0][1]
        listed = []
        for row, rules in versions:
            changed = tuple(change.sentence for change in changes(before, rules))
            listed.append(
                intake.Amendment(
                    number=row.number,
                    frozen_at=row.frozen_at,
                    sha256=row.sha256,
                    reason=row.reason,
                    changes=changed,
                )
            )
            before = rules
        return tuple(listed)

    @query
    def replay_entries(self, asked: intake.ReplayEntries, work: Work) -> intake.EntriesReplayed:
        """Say which entries would be in the contest under another rules file, and why not."""
        require(work.actor.within(asked.contest_id), "organiser")
        then = contests.load_rules(work.session, asked.contest_id).rules
        now = read_rules(asked.source).rules
        handed_in = (
            entry
            for entry in entries.load_all(work.session, asked.contest_id)
            if entry.version > 0
        )
        return intake.EntriesReplayed(
            rules=now, entries=tuple(replayed(entry, then, now, work) for entry in handed_in)
        )


def replayed(entry: Entry, then: Rules, now: Rules, work: Work) -> intake.ReplayedEntry:
    """Say what would become of an entry."""
    why = why_out(entry, then, now, missing_of(entry, now, work))
    return intake.ReplayedEntry(
        entry_id=entry.entry_id,
        title=entry.title,
        kind=cast(intake.EntrantKind, entry.kind),
        was_in=entry.state is State.ACCEPTED,
        would_be_in=why is None,
        code=why.code if why else "",
        template=why.template if why else "",
        params={name: str(value) for name, value in why.params.items()} if why else {},
    )
