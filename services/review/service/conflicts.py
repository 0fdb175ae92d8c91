"""Ways in that concern conflicts: declared by people, pinned by the chair, shown with grounds."""

from contracts import review
from kernel.crunch import Crunch
from kernel.database import Work
from kernel.messaging import command, every, query
from services.review import store
from services.review.domain.conflicts.saying import (
    NotYoursToWithdraw,
    check_excusable,
    check_reason,
)
from services.review.service import listing, showing, words
from services.review.service.access import check_may_see, require_here
from services.review.service.reconsidering import reconsider
from services.review.service.saying import (
    act,
    check_may_declare,
    check_seated,
    leads,
    may_see,
    say_pinned,
)
from services.review.store.jury_tables import ConflictRow, PinRow


class Conflicts:
    """Keeps judges from entries; what was said is taken back, never deleted."""

    solver: Crunch

    @command
    def declare_conflict(self, asked: review.DeclareConflict, work: Work) -> None:
        """Keep a judge from an entry, or from whatever a person enters.

        Anybody may declare their own, the authors of an entry theirs with a judge.
        """
        check_may_declare(work, asked)
        store.load_contest(work.session, asked.contest_id, lock=True)
        check_seated(work, asked.contest_id, asked.judge_id)
        entry = None
        if asked.person_id is None:
            entry = store.entry_named(work.session, asked.contest_id, asked.entry_id)
        row = ConflictRow(
            contest_id=asked.contest_id,
            declaration_id=work.new_id(),
            judge_id=asked.judge_id,
            entry_id=entry.entry_id if entry else None,
            person_id=asked.person_id,
            named=asked.entry_id if entry else None,
            relation=asked.relation,
            reason=check_reason(asked.reason),
        )
        if store.add_conflict(work, row):
            line = words.declared(row.judge_id, row.named, row.reason)
            act(
                self.solver,
                work,
                asked.contest_id,
                asked.judge_id,
                entry.code if entry else None,
                line,
            )

    @command
    def withdraw_conflict(self, asked: review.WithdrawConflict, work: Work) -> None:
        """Take a declaration back; it stays on record."""
        store.load_contest(work.session, asked.contest_id, lock=True)
        reason = check_reason(asked.reason)
        row = store.declaration(work.session, asked.contest_id, asked.declaration_id)
        by = work.actor.true_id or work.actor.id
        if row.declared_by != by and not leads(work, asked.contest_id):
            raise NotYoursToWithdraw
        row.withdrawn_by, row.withdrawn_at, row.withdrawn_reason = by, work.now, reason
        line = words.taken_back(row.judge_id, row.named, reason)
        act(self.solver, work, asked.contest_id, row.judge_id, None, line)

    @command
    def pin_conflict(self, asked: review.PinConflict, work: Work) -> str:
        """As chair, keep a judge from an entry, or state that a found ground is no obstacle."""
        require_here(work, asked.contest_id, "chair")
        store.load_contest(work.session, asked.contest_id, lock=True)
        reason = check_reason(asked.reason)
        is_excuse = asked.side == "NO_OBSTACLE"
        ground = check_excusable(asked.ground or "") if is_excuse else None
        check_seated(work, asked.contest_id, asked.judge_id)
        entry = store.entry_named(work.session, asked.contest_id, asked.entry_id)
        row = PinRow(
            contest_id=asked.contest_id,
            pin_id=work.new_id(),
            judge_id=asked.judge_id,
            entry_id=entry.entry_id,
            named=asked.entry_id,
            side=asked.side,
            ground=ground,
            reason=reason,
            pinned_by=work.actor.true_id or work.actor.id,
            pinned_at=work.now,
        )
        work.session.add(row)
        work.session.flush()
        say_pinned(work, row)
        line = words.pinned(row.judge_id, row.named, ground, reason)
        act(self.solver, work, asked.contest_id, asked.judge_id, entry.code, line)
        return row.pin_id

    @command
    def lift_pin(self, asked: review.LiftPin, work: Work) -> None:
        """As chair, take back what was pinned; it stays on record."""
        require_here(work, asked.contest_id, "chair")
        store.load_contest(work.session, asked.contest_id, lock=True)
        row = store.pin(work.session, asked.contest_id, asked.pin_id)
        row.lifted_by, row.lifted_at = work.actor.true_id or work.actor.id, work.now
        row.lifted_reason = check_reason(asked.reason)
        say_pinned(work, row)
        line = words.lifted(row.judge_id, row.named, row.lifted_reason)
        act(self.solver, work, asked.contest_id, row.judge_id, None, line)

    @every(seconds=60)
    def look_for_conflicts(self, work: Work) -> None:
        """Look once a day for what the day alone has brought: a merger, a post that ends."""
        for contest_id, day in store.due_on(work.session, work.now).items():
            for played in store.hold_rounds(work.session, contest_id):
                reconsider(self.solver, work, played)
            store.note_look(work.session, contest_id, day)

    @query
    def list_conflicts(self, asked: review.ListConflicts, work: Work) -> review.ConflictList:
        """List what stands between judges and entries, but not to who marks in a blind round."""
        contest = store.load_contest(work.session, asked.contest_id)
        check_may_see(work, contest)
        return listing.conflicts(work, contest, asked)

    @query
    def list_declarations(
        self, asked: review.ListDeclarations, work: Work
    ) -> tuple[review.Declared, ...]:
        """List what was declared and pinned: all of it, or what the asking person has said."""
        contest = store.load_contest(work.session, asked.contest_id)
        said = [
            *map(showing.declared, store.declarations(work.session, asked.contest_id)),
            *map(showing.pinned, store.pins(work.session, asked.contest_id)),
        ]
        if not may_see(work, contest):
            said = [one for one in said if one.said_by == work.actor.id]
        return tuple(said)
