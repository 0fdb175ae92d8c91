"""Saving as one types: revisions of what an entry says, so that no save is lost silently.

Start with `Draft.save`. What was handed in stays as it is beside the working copy.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Self

from contracts.rules import Entrants, Rules
from kernel.errors import Conflict
from services.intake.domain import deadlines
from services.intake.domain.contents import FIELDS, Contents, counted_for
from services.intake.domain.deadlines import Arrival
from services.intake.domain.entries import EditingOver, Entry, State, WrongState
from services.intake.domain.windows import Calendar


class StaleRevision(Conflict):
    """The entry has been changed since the revision this was typed on; read it again."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What one save changed: the fields by name, who saved and when."""

    revision: int
    fields: tuple[str, ...]
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """What an entry says in its newest revision."""

    contents: Contents
    revision: int

    def save(self, revision: int, changes: Mapping[str, Any]) -> tuple[Self, tuple[str, ...]]:
        """Return the next revision with these changes, and the names of what really changed.

        What changes nothing makes no revision. Raises `StaleRevision` if the changes were made on
        another revision than this.
        """
        if revision != self.revision:
            raise StaleRevision
        changed = tuple(
            name
            for name in FIELDS
            if name in changes and changes[name] != getattr(self.contents, name)
        )
        if not changed:
            return self, ()
        contents = replace(self.contents, **{name: changes[name] for name in changed})
        return replace(self, contents=contents, revision=self.revision + 1), changed


def stale(revision: int, newest: int, edits: Iterable[Edit], calendar: Calendar) -> StaleRevision:
    """Return the refusal of a save on an older revision: what changed since, by whom, when."""
    since = sorted(
        (edit for edit in edits if edit.revision > revision), key=lambda edit: edit.revision
    )
    if not since:
        return StaleRevision(
            "There is no revision {revision} of this entry; the newest is {newest}.",
            revision=revision,
            newest=newest,
        )
    named = {name for edit in since for name in edit.fields}
    return StaleRevision(
        "Since revision {revision}, {fields} has been changed, last by {people} at {at};"
        " the newest revision is {newest}. Read it again.",
        revision=revision,
        fields=", ".join(name for name in FIELDS if name in named),
        people=", ".join(dict.fromkeys(edit.by for edit in since)),
        at=calendar.show(since[-1].at),
        newest=newest,
    )


def draft_of(entry: Entry) -> Draft:
    """Return the entry as its people last saved it."""
    return Draft(entry.working or standing(entry), entry.revision)


def standing(entry: Entry) -> Contents:
    """Return what the entry says for everybody else: what was handed in, if it ever was."""
    return Contents(**{name: getattr(entry, name) for name in FIELDS})


def rewritten(entry: Entry, draft: Draft) -> Entry:
    """Return the entry with this draft: beside what was handed in, or as the entry itself."""
    if entry.state is State.DRAFT:
        saved = {name: getattr(draft.contents, name) for name in FIELDS}
        return replace(entry, **saved, revision=draft.revision)
    working = None if draft.contents == standing(entry) else draft.contents
    return replace(entry, working=working, revision=draft.revision)


def settled(entry: Entry, entrants: Entrants) -> Entry:
    """Return the entry saying for everybody what its people last saved."""
    contents = counted_for(draft_of(entry).contents, entrants)
    saved = {name: getattr(contents, name) for name in FIELDS}
    return replace(entry, **saved, working=None)


def check_editable(entry: Entry, rules: Rules, arrival: Arrival) -> None:
    """Raise unless it is a draft, is to be completed, or was handed in and the window is open.

    Nobody has decided about what is SUBMITTED; what is decided on changes no more. An upload
    that was under way at the deadline may still be finished within the grace.
    """
    if entry.is_open:
        return
    if entry.state is not State.SUBMITTED:
        raise WrongState("The entry is {state}; it cannot be changed.", state=entry.state)
    grace = rules.intake.closes + timedelta(minutes=rules.intake.grace_minutes)
    until = max(deadlines.deadline_of(arrival, rules.intake), grace)
    if arrival.at >= until:
        raise EditingOver(
            "What was handed in could be changed until {until}, Vietnam time.",
            until=Calendar.of(rules).show_end(until),
        )
