"""What the jury's words come to for those whose entry it judged."""

from msgspec import Struct

from contracts.message import Query


class ShowFeedback(Query, frozen=True, kw_only=True):
    """What judges wrote on an entry, for its authors, once results are published.

    Reply: tuple of `RoundFeedback`, of the rounds whose rules give it; empty before.
    """

    contest_id: str
    entry_id: str


class FeedbackLine(Struct, frozen=True, kw_only=True):
    """Words on a criterion, by its name; on the whole entry where it has none.

    Every judge's once, in the order of the alphabet: no place tells whose they are.
    """

    criterion: str
    comments: tuple[str, ...]


class RoundFeedback(Struct, frozen=True, kw_only=True):
    """What there is of a round, by its name."""

    round_id: str
    name: str
    lines: tuple[FeedbackLine, ...]
