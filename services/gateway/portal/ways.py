"""What may be done about sheets that do not come: each way with the reason where it is closed."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from contracts.review import AwaitedEntry, AwaitedSheets

# Why a way is closed, in the words of the catalogue.
NOT_DECLARED = "The rules of this round do not allow it."
OPENED = "The sheets are opened: what is awaited now is a second look or a judge who stepped in."
CLOSED = "The round is closed."
NOTHING_OWED = "No judge owes a sheet."
TOO_FEW = "At least {quorum} sheets are needed; fewer have come for: {codes}."
SENTENCES = (NOT_DECLARED, OPENED, CLOSED, NOTHING_OWED, TOO_FEW)


@dataclass(frozen=True, slots=True)
class Way:
    """A way out (`replace`, `quorum` or `extend`); `why` says what closes it, empty if open."""

    name: str
    why: str = ""
    params: Mapping[str, object] = field(default_factory=dict)


def ways(view: AwaitedSheets) -> dict[str, Way]:
    """Return every way there is, the closed ones with the reason."""
    return {name: way(view, name) for name in ("replace", "quorum", "extend")}


def way(view: AwaitedSheets, name: str) -> Way:
    """Say whether a way is open, as the service would decide it."""
    held_up = [one for one in view.entries if holds_up(one, view)]
    short = [one.code for one in held_up if one.given < view.quorum]
    found = Way(name)
    if view.state == "CLOSED" or (view.state == "OPENED" and name != "quorum"):
        found = Way(name, OPENED if view.state == "OPENED" else CLOSED)
    elif name not in view.ways:
        found = Way(name, NOT_DECLARED)
    elif (name == "replace" and not owed(view)) or (name == "quorum" and not held_up):
        found = Way(name, NOTHING_OWED)
    elif name == "quorum" and short:
        found = Way(name, TOO_FEW, {"quorum": view.quorum, "codes": ", ".join(short)})
    return found


def holds_up(one: AwaitedEntry, view: AwaitedSheets) -> bool:
    """Say whether an entry waits for what a quorum can do without; a discussion is recorded."""
    return bool(one.judge_ids or one.vacant or (one.asked and not view.discusses))


def owed(view: AwaitedSheets) -> dict[str, list[str]]:
    """Return the codes that each judge still owes a first sheet for, those with most first."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for entry in view.entries:
        for judge in entry.judge_ids:
            found[judge].append(entry.code)
    return dict(sorted(found.items(), key=lambda one: (-len(one[1]), one[0])))
