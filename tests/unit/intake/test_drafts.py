"""Revisions: no save is lost silently, and what was handed in stays beside what is typed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain import drafts
from services.intake.domain.contents import FIELDS
from services.intake.domain.deadlines import Arrival, Extension
from services.intake.domain.drafts import Draft, Edit, StaleRevision
from services.intake.domain.entries import EditingOver, State, WrongState
from services.intake.domain.windows import Calendar
from tests.unit.intake.writing import CLOSED, IN_TIME, RULES, WRITTEN, contents, entry_of

CALENDAR = Calendar.of(RULES)
changes = st.fixed_dictionaries(
    {}, optional={name: contents.map(lambda one, name=name: getattr(one, name)) for name in FIELDS}
)
# Who saves next, what, and whether they read the newest revision first.
saves = st.lists(st.tuples(st.sampled_from("ab"), changes, st.booleans()), max_size=12)


@given(saves)
def test_however_two_editors_take_turns_no_save_is_lost_silently(plan):
    draft, seen, granted = Draft(WRITTEN, 1), {"a": 1, "b": 1}, []

    for editor, change, rereads in plan:
        if rereads:
            seen[editor] = draft.revision
        was = draft
        try:
            draft, changed = draft.save(seen[editor], change)
        except StaleRevision:
            assert seen[editor] != was.revision
            continue
        assert seen[editor] == was.revision
        assert draft.revision == was.revision + bool(changed)
        seen[editor] = draft.revision
        granted.append({name: change[name] for name in changed})

    replayed = WRITTEN
    for change in granted:
        replayed = replace(replayed, **change)
    assert draft.contents == replayed


@given(changes)
def test_a_save_changes_what_it_names_and_nothing_else(change):
    draft, changed = Draft(WRITTEN, 7).save(7, change)

    assert draft.contents == replace(WRITTEN, **change)
    assert set(changed) <= set(change)
    assert draft.save(draft.revision, change) == (draft, ())


def test_refusal_names_what_changed_since_by_whom_and_when():
    edits = (
        Edit(3, ("summary",), "p-binh", datetime(2022, 7, 1, 2, 30, tzinfo=UTC)),
        Edit(2, ("title", "summary"), "p-an", IN_TIME),
    )

    refusal = drafts.stale(1, 3, edits, CALENDAR)

    assert str(refusal) == (
        "Since revision 1, title, summary has been changed, last by p-an, p-binh"
        " at 09:30 01/07/2022; the newest revision is 3. Read it again."
    )
    assert str(drafts.stale(9, 3, (), CALENDAR)).startswith("There is no revision 9")


@given(contents, contents)
def test_what_was_handed_in_stays_while_a_working_copy_is_typed(handed_in, typed):
    entry = entry_of(handed_in, State.SUBMITTED, version=1)

    edited = drafts.rewritten(entry, Draft(typed, 2))

    assert drafts.standing(edited) == handed_in
    assert drafts.draft_of(edited) == Draft(typed, 2)
    settled = drafts.settled(edited, RULES.entrants)
    assert replace(drafts.standing(settled), unit_id=typed.unit_id) == typed
    assert settled.working is None


def test_draft_that_was_never_handed_in_is_the_entry_itself():
    typed = replace(WRITTEN, title="Tên mới")

    entry = drafts.rewritten(entry_of(), Draft(typed, 2))

    assert entry == entry_of(typed, revision=2)


def test_what_was_handed_in_may_be_changed_until_the_window_closes():
    entry = entry_of(state=State.SUBMITTED, version=1)
    moment = timedelta(microseconds=1)

    drafts.check_editable(entry, RULES, Arrival(CLOSED - moment))

    with pytest.raises(EditingOver, match="until 24:00 15/08/2022"):
        drafts.check_editable(entry, RULES, Arrival(CLOSED))


def test_who_was_given_more_time_may_change_for_longer():
    entry = entry_of(state=State.SUBMITTED, version=1)
    extension = Extension(CLOSED + timedelta(days=1), "Mất điện")

    drafts.check_editable(entry, RULES, Arrival(CLOSED, extension=extension))

    with pytest.raises(EditingOver):
        drafts.check_editable(entry, RULES, Arrival(extension.until, extension=extension))


@pytest.mark.parametrize("state", ["LATE", "ACCEPTED", "REFUSED", "WITHDRAWN", "DISQUALIFIED"])
def test_what_is_decided_on_or_waits_for_the_organiser_is_not_changed(state):
    with pytest.raises(WrongState, match=state):
        drafts.check_editable(entry_of(state=State(state)), RULES, Arrival(IN_TIME))
