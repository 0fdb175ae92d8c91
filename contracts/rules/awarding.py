"""How a contest awards: its prizes, who grants them, what comes before and after."""

from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta

from contracts.rules.part import Part

Ground = Literal["COPY", "FALSE_DATA", "INELIGIBLE"]
ResultField = Literal["code", "title", "authors", "unit", "prize", "score", "rank"]
BY_COUNCIL = "council"


class Prize(Part, frozen=True):
    """A kind of prize (cơ cấu giải thưởng), best first in the rules.

    Where entries compete in classes, `entry_class` names the class it is for. `shared` says what
    becomes of equals of whom only some would get it: they wait for a vote (`never`), share what
    is left of it (`split`), or each get one (`each`). A prize with `side_by` is a side prize
    (giải phụ), for an entry without another: by a `ROUND.CRITERION` or `ROUND.total`, or as the
    council names it (`council`). Money is in đồng; without `group_money_vnd` a group gets as much
    as one author.
    """

    code: str
    name: str
    count: int
    commendation: Literal["BANG_KHEN", "GIAY_KHEN"]
    authority: str  # the code of an Authority
    min_score: Decimal
    entry_class: str | None = None
    shared: Literal["never", "split", "each"] = "never"
    side_by: str | None = None
    money_vnd: int | None = None
    group_money_vnd: int | None = None


class Authority(Part, frozen=True):
    """Who decides on prizes (thẩm quyền khen thưởng) and how their documents are headed.

    `parent` and `issuer` are the two lines of the document head, `symbol` follows the number
    (`QĐ-UBND`), `signer_title` stands above the signature. Layout: NĐ 30/2020/NĐ-CP.
    """

    code: str
    name: str
    issuer: str
    symbol: str
    signer_title: str
    place: str
    parent: str | None = None
    signer_name: str | None = None


class Awarding(Part, frozen=True):
    """How the prize list comes about and how a prize is taken back.

    With `submission` authorities approve only what the minutes of the prize meeting (biên bản
    họp xét giải) record and a submission (Tờ trình) brings before them. `after_share` says
    whether one too many sharing a prize leaves `fewer` of the next. `per_author` gives an author
    `every` prize won or the `best` alone. `promote_next` moves others up after a revocation.
    """

    submission: bool = False
    after_share: Literal["all", "fewer"] = "all"
    per_author: Literal["every", "best"] = "every"
    may_leave_unawarded: bool = False
    grounds: tuple[Ground, ...] = ("COPY", "FALSE_DATA", "INELIGIBLE")
    promote_next: bool = False


class Petitions(Part, frozen=True):
    """How long results may be petitioned against (phúc khảo, kiến nghị) after publication.

    `judges` mark an entry again; without it as many as marked it before.
    """

    days: int
    unit: Literal["working_day", "calendar_day"] = "working_day"
    judges: int | None = None


class Publishing(Part, frozen=True):
    """What of a winner is made public, in this order; nothing else ever is."""

    fields: tuple[ResultField, ...] = ("title", "authors", "unit", "prize", "score")


class AdoptionRules(Part, frozen=True):
    """How winners that are put to use are followed up.

    Whoever answers for a milestone is reminded so many days before the day it is due (0: on the
    day) and after it. The numbers that stand here are proposals (`default`): no source has any.
    """

    remind_before: tuple[Annotated[int, Meta(ge=0, le=365)], ...] = (7, 0)
    remind_after: tuple[Annotated[int, Meta(ge=1, le=365)], ...] = (1, 7)
