"""A contest as one file that anyone can count again. Start with `write_kit`.

A zip with `kit.json` (what it is, public keys), `heads.jsonl` and `events.jsonl`, every event of
the contest's tree in order. Of an event only the members named in `OPEN` are shown; of the others
the kit has the salted digests, so that the tree can be hashed and nobody's name is read. The same
state makes the same bytes.
"""

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from msgspec import Struct

from services.ledger.domain import canonical

FORMAT = "sangkien recount kit 1"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the one time stamp every file in a kit has

ENTRY = ("entry_id",)
SHEET = ("round_id", "entry_id", "judge_id", "version", "given_at", "digest")
PRIZE = ("entry_id", "prize", "score", "rank", "share", "money_vnd")

# What is shown of each type of event, beside `contest_id`: codes, marks and numbers, no words
# about people. Of any other type nothing is.
OPEN: dict[str, tuple[str, ...]] = {
    "intake.ContestOpened": ("rules", "sha256", "number", "opened_at"),
    "intake.ContestAmended": ("rules", "sha256", "number", "reason", "changes"),
    "intake.EntrySubmitted": (
        *ENTRY, "receipt_code", "version", "received_at", "counted_at", "channel", "area", "kind",
    ),
    "intake.EntryReturned": (*ENTRY, "due_at"),
    "intake.DeadlineExtended": (*ENTRY, "until"),
    "intake.EntryAccepted": (*ENTRY, "receipt_code", "version", "area", "kind"),
    "intake.EntryRefused": (*ENTRY, "receipt_code"),
    "intake.EntryWithdrawn": (*ENTRY, "receipt_code"),
    "intake.EntryDisqualified": (*ENTRY, "receipt_code"),
    "originality.OriginalityRuled": (*ENTRY, "ruling"),
    "review.JurySeated": ("seats", "panels", "decision"),
    "review.JudgeReplaced": ("judge_id", "decision", "seats"),
    "review.ConflictPinned": ("pin_id", "judge_id", "entry_id", "side", "is_lifted"),
    "review.RoundOpened": ("round_id", "entry_ids", "seed", "desks", "apart"),
    "review.RoundSealed": ("round_id", "public_key", "officers", "recovery"),
    "review.JudgesAssigned": ("round_id", "entry_id", "code", "judge_ids", "kept_away"),
    "review.JudgeStoodDown": (
        "round_id", "entry_id", "judge_id", "kind", "sheets", "substitute_id", "ground", "minutes",
    ),
    "review.JudgeReleased": ("round_id", "judge_id"),
    "review.SheetSealed": SHEET,
    "review.KeyGiven": ("round_id", "holder_id", "holders", "lost", "minutes"),
    "review.SheetsOpened": ("round_id", "holders", "sheets"),
    "review.MarksGiven": (*SHEET, "marks", "total", "nonce", "words", "minutes"),
    "review.SecondLookNeeded": ("round_id", "entry_id", "code", "judge_ids", "spread"),
    "review.DiscussionRecorded": ("round_id", "entry_id", "minutes"),
    "review.RoundExtended": ("round_id", "until", "minutes"),
    "review.EntryScored": ("round_id", "entry_id", "average", "criteria"),
    "review.VoteRecorded": ("round_id", "order", "minutes"),
    "review.RoundClosed": ("round_id", "table", "is_last", "severities"),
    "review.RejudgingSeated": ("round_id", "entry_id", "code", "judge_ids", "petition_id"),
    "review.EntryRejudged": (
        "round_id", "entry_id", "line", "petition_id", "criteria", "sheets",
    ),
    "review.MinutesIssued": (
        "round_id", "minutes_id", "version", "kind", "number", "dated", "digest", "pdf_sha256",
        "docx_sha256",
    ),
    "awards.PrizesProposed": ("lines", *(f"lines/{one}" for one in PRIZE)),
    "awards.TieFound": ("entry_ids",),
    "awards.TieResolved": ("order", "minutes"),
    "awards.CouncilDecided": ("prize", "minutes", "count", "entry_ids"),
    "awards.PrizeMeetingRecorded": ("number", "held_on"),
    "awards.PrizesSubmitted": ("number", "dated", "authorities"),
    "awards.PrizesReturned": ("authority",),
    "awards.PrizesApproved": ("authority", "complete"),
    "awards.ResultsPublished": ("lines", *(f"lines/{one}" for one in PRIZE), "papers"),
    "awards.ResultsRevised": (
        *(f"changed/{one}" for one in PRIZE), "changed", "revision", "lost", "papers",
    ),
    "awards.RejudgingOrdered": (*ENTRY, "petition_id", "round_id", "criteria", "minutes"),
    "awards.PetitionMoved": (*ENTRY, "petition_id", "kind", "state"),
    "awards.AwardRevoked": (
        *ENTRY, "prize", "ground", "authority", "decision", "dated", "cancels",
    ),
    "awards.PaperRevoked": (*ENTRY, "paper_id", "by_decision"),
    "awards.PaperPrinted": ("paper", "pdf_sha256", "docx_sha256"),
}  # fmt: skip


class Key(Struct, frozen=True):
    """A public key in a kit."""

    kid: str
    x: str


class About(Struct, frozen=True):
    """What a kit says of itself."""

    tenant: str
    contest_id: str
    size: int
    root: str
    keys: tuple[Key, ...]


def opened(type_: str, *, with_authors: bool) -> frozenset[str]:
    """Name the members of an event that a kit shows.

    Authors, by their opaque ids, are needed where one wins at most once, and shown only there.
    """
    names = {"contest_id", *OPEN.get(type_, ())}
    if with_authors and type_ == "intake.EntryAccepted":
        names.add("author_ids")
    return frozenset(names)


def write_kit(
    into: BinaryIO, about: About, heads: Iterable[dict[str, Any]], events: Iterable[list[Any]]
) -> None:
    """Write a kit; heads and events, as `disclosed` writes them, are read once, in order."""
    said = {
        "format": FORMAT,
        "tenant": about.tenant,
        "contest_id": about.contest_id,
        "size": about.size,
        "root": about.root,
        "keys": [{"kid": key.kid, "x": key.x} for key in about.keys],
    }
    with ZipFile(into, "w") as kit:
        put(kit, "kit.json", iter([said]))
        put(kit, "heads.jsonl", iter(heads))
        put(kit, "events.jsonl", iter(events))


def put(kit: ZipFile, name: str, rows: Iterator[Any]) -> None:
    """Write a file into a kit, a line of canonical JSON per row."""
    info = ZipInfo(name, LONG_AGO)
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    with kit.open(info, "w", force_zip64=True) as file:
        for row in rows:
            file.write(canonical(row).encode() + b"\n")
