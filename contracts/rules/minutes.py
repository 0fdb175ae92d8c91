"""How minutes of judging (biên bản) are headed, and which steps must rest on some."""

from typing import Literal

from contracts.rules.part import Part

MinutedStep = Literal[
    "second_look", "discussion", "replace", "quorum", "extend", "vote", "lost_key"
]


class MinutesRules(Part, frozen=True):
    """How minutes are headed and numbered, and which steps must name some kept here.

    `parent` and `issuer` are the two lines of the head, the host where no parent is named;
    `symbol` follows the number. Steps in `required` are refused unless the minutes they name are
    drafted or issued in the same round; of others any number is taken. `conflicts` says whether
    minutes tell grounds or only counts; grounds never show while a blind round is still to close.
    `recipients` are the lines under Nơi nhận.
    """

    issuer: str = "Ban Tổ chức cuộc thi"
    symbol: str = "BB-BTC"
    parent: str | None = None
    recipients: tuple[str, ...] = ("Lưu: VT, Hồ sơ",)
    conflicts: Literal["GROUNDS", "COUNTS"] = "GROUNDS"
    required: tuple[MinutedStep, ...] = ()
