"""What is signed of a tree, and the events after which it is signed at once."""

from dataclasses import dataclass

from services.ledger.domain.chain import canonical

PREFIX = b"sangkien tree head 1\n"  # lest another signature be taken for one

# Events that a head of their own follows, by the word for it.
MILESTONES = {
    "intake.ContestOpened": "rules",
    "intake.ContestAmended": "rules",
    "review.RoundOpened": "round opened",
    "review.RoundClosed": "round closed",
    "awards.ResultsPublished": "results",
    "awards.ResultsRevised": "results",
}
REGULAR = ""


@dataclass(frozen=True, slots=True)
class TreeHead:
    """The state of one tree at an instant; `root` in hex, `at` as in a leaf.

    `milestone` is the word for what had just happened, empty for a head of every minute.
    """

    tenant: str
    contest_id: str
    size: int
    root: str
    at: str
    milestone: str = REGULAR


def head_bytes(head: TreeHead) -> bytes:
    """Return what is signed."""
    parts = [head.tenant, head.contest_id, head.size, head.root, head.at, head.milestone]
    return PREFIX + canonical(parts).encode()


def milestone_of(type_: str) -> str:
    """Say which milestone an event is; `REGULAR` if none."""
    return MILESTONES.get(type_, REGULAR)
