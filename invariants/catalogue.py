"""All that must hold, in the order it is looked at: what breaks one shows in those below it."""

from collections.abc import Callable
from dataclasses import dataclass

from invariants.commands import commands_answered, effects_there
from invariants.copies import copies_agree
from invariants.finding import Finding
from invariants.messages import (
    events_announced,
    events_heard,
    events_once,
    messages_alive,
    outboxes_drained,
    retries_moving,
)
from invariants.numbers import numbers_gap_free
from invariants.places import Places
from invariants.quotas import quotas_kept
from invariants.records import chains_unbroken, events_recorded, heads_signed


@dataclass(frozen=True, slots=True)
class Invariant:
    """Something that must hold: its name, the promise, how it is checked, what to do if it fails.

    The runbook has a section for each (`Invariant` and its name).
    """

    name: str
    promise: str
    check: Callable[[Places], Finding]
    remedy: str


INVARIANTS = (
    Invariant(
        "outboxes-drained",
        "what was announced has reached the broker",
        outboxes_drained,
        "Look whether the broker answers and has a queue for it: sangkien outbox.",
    ),
    Invariant(
        "retries-moving",
        "what failed is tried again when its time has come",
        retries_moving,
        "Look whether a copy of the service runs: sangkien status.",
    ),
    Invariant(
        "messages-alive",
        "no message was given up",
        messages_alive,
        "Read why, mend the cause, try again: sangkien dead list, sangkien retry.",
    ),
    Invariant(
        "events-heard",
        "each event was heard by every handler it is due to",
        events_heard,
        "Have the speaker send it again: sangkien replay --type TYPE --hours HOURS.",
    ),
    Invariant(
        "events-announced",
        "nothing was heard that nobody announced",
        events_announced,
        "Find who wrote it: look for a database restored without the others.",
    ),
    Invariant(
        "events-once",
        "nothing was announced or recorded twice",
        events_once,
        "Change nothing, keep a copy of the database, tell the developers.",
    ),
    Invariant(
        "commands-answered",
        "each command has its reply, and what was acknowledged is remembered",
        commands_answered,
        "Let the caller repeat it under the same key.",
    ),
    Invariant(
        "effects-there",
        "what a reply names is there",
        effects_there,
        "Restore the rows from the backup; look who deletes in the database.",
    ),
    Invariant(
        "copies-agree",
        "what services have learnt of others is what these have",
        copies_agree,
        "If events are under way, wait; else replay the owner's events of that kind.",
    ),
    Invariant(
        "events-recorded",
        "the ledger has a link of each event it heard, and of no other",
        events_recorded,
        "Change nothing, export the chains, compare them with an earlier export.",
    ),
    Invariant(
        "chains-unbroken",
        "every link of the ledger follows from the one before",
        chains_unbroken,
        "Change nothing, export the chains: sangkien ledger export.",
    ),
    Invariant(
        "heads-signed",
        "heads bear their key's signature and cover the chain",
        heads_signed,
        "Look whether the ledger runs with its LEDGER_KEY; compare with the heads kept outside.",
    ),
    Invariant(
        "numbers-gap-free",
        "numbers of receipts, papers, minutes and documents have no gap and no double",
        numbers_gap_free,
        "Look who changed the tables; have the office note the number as cancelled.",
    ),
    Invariant(
        "quotas-kept",
        "nobody got more than the rules allow",
        quotas_kept,
        "Tell the organiser; look how it was got in the ledger.",
    ),
)
