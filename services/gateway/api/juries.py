"""Juries, who leaves them and who steps in, and what keeps judges from entries."""

from datetime import date
from typing import Annotated

from litestar import Response, get, put
from litestar.params import FromQuery, JSONBody, QueryParameter
from msgspec import Struct
from msgspec.structs import asdict

from contracts import review
from services.gateway.api.routes import Name, act, do
from services.gateway.caller import Calling
from services.gateway.paging import Paging

CONTEST = "/contests/{contest_id:str}"
Most = Annotated[int, QueryParameter(ge=1, le=1000)]


class Jury(Struct, frozen=True, kw_only=True):
    """The members of a jury, its panels if it has any, and the decision that appoints them."""

    seats: tuple[review.Seat, ...]
    panels: tuple[review.SubJury, ...] = ()
    decision: review.Decision | None = None


class Leaving(Struct, frozen=True, kw_only=True):
    """By which decision and why a judge leaves, and who takes the seat."""

    judge_id: str
    decision: review.Decision
    reason: str
    substitute_id: str | None = None
    substitute_unit_id: str | None = None


class Post(Struct, frozen=True, kw_only=True):
    """A place in a unit, both days included."""

    unit_id: str
    since: date | None = None
    until: date | None = None


class Posts(Struct, frozen=True, kw_only=True):
    """Where somebody belongs and belonged."""

    posts: tuple[Post, ...]


class ConflictOfInterest(Struct, frozen=True, kw_only=True):
    """A judge who must not mark an entry, or whatever a person enters, and why."""

    judge_id: str
    entry_id: str = ""
    reason: str
    relation: review.Relation = "OTHER"
    person_id: str | None = None


class Reason(Struct, frozen=True, kw_only=True):
    """Why something is taken back."""

    reason: str


class Pin(Struct, frozen=True, kw_only=True):
    """What the chair states of a judge and an entry."""

    judge_id: str
    entry_id: str
    side: review.Side
    reason: str
    ground: review.FoundGround | None = None


class Pinned(Struct, frozen=True, kw_only=True):
    """The id of what was pinned."""

    pin_id: str


@put(CONTEST + "/jury", status_code=204)
async def seat_jury(caller: Calling, contest_id: Name, data: JSONBody[Jury]) -> None:
    """Appoint the jury of a contest, whole or in panels."""
    command = review.SeatJury(
        contest_id=contest_id, seats=data.seats, panels=data.panels, decision=data.decision
    )
    await caller.tell(command)


@get(CONTEST + "/jury")
async def show_jury(caller: Calling, contest_id: Name) -> review.JuryView:
    """Show who sits and sat on the jury, and which entries are short of a judge."""
    return await caller.ask(review.ShowJury(contest_id=contest_id), review.JuryView)


@act(CONTEST + "/jury/replacements")
async def replace_judge(
    caller: Calling, contest_id: Name, data: JSONBody[Leaving]
) -> review.JudgeReplacement:
    """End a judge's seats by a decision, and hand over what they still owe."""
    command = review.ReplaceJudge(contest_id=contest_id, **asdict(data))
    return await caller.ask(command, review.JudgeReplacement)


@get(CONTEST + "/jury/notes")
async def list_jury_notes(
    caller: Calling, contest_id: Name, paging: Paging
) -> Response[tuple[review.JuryNote, ...]]:
    """List what was noted of the jury and of conflicts, for the minutes."""
    query = review.ListJuryNotes(contest_id=contest_id)
    lines = await caller.ask(query, tuple[review.JuryNote, ...])
    return paging.of(lines, lambda line: f"{line.at} {line.words}")


@put("/people/{person_id:str}/posts", status_code=204)
async def record_posts(caller: Calling, person_id: Name, data: JSONBody[Posts]) -> None:
    """Say where somebody belongs and belonged, and when."""
    posts = tuple(review.DatedPost(**asdict(one)) for one in data.posts)
    await caller.tell(review.RecordPosts(person_id=person_id, posts=posts))


@do(CONTEST + "/conflicts")
async def declare_conflict(
    caller: Calling, contest_id: Name, data: JSONBody[ConflictOfInterest]
) -> None:
    """Keep a judge away from an entry, or from whatever a person enters."""
    await caller.tell(review.DeclareConflict(contest_id=contest_id, **asdict(data)))


@get(CONTEST + "/conflicts")
async def list_conflicts(  # noqa: PLR0913, PLR0917  # one for each part of the question
    caller: Calling,
    contest_id: Name,
    judge_id: FromQuery[str | None] = None,
    entry_id: FromQuery[str | None] = None,
    after: FromQuery[str] = "",
    most: Most = 500,
) -> review.ConflictList:
    """List what stands between judges and entries, with the grounds."""
    query = review.ListConflicts(
        contest_id=contest_id, judge_id=judge_id, entry_id=entry_id, after=after, most=most
    )
    return await caller.ask(query, review.ConflictList)


@get(CONTEST + "/conflicts/declared")
async def list_declarations(
    caller: Calling, contest_id: Name, paging: Paging
) -> Response[tuple[review.Declared, ...]]:
    """List what was declared and pinned, with its trace."""
    query = review.ListDeclarations(contest_id=contest_id)
    lines = await caller.ask(query, tuple[review.Declared, ...])
    return paging.of(lines, lambda line: line.id)


@do(CONTEST + "/conflicts/declared/{declaration_id:str}/withdraw")
async def withdraw_conflict(
    caller: Calling, contest_id: Name, declaration_id: Name, data: JSONBody[Reason]
) -> None:
    """Take a declaration back."""
    command = review.WithdrawConflict(
        contest_id=contest_id, declaration_id=declaration_id, reason=data.reason
    )
    await caller.tell(command)


@act(CONTEST + "/conflicts/pins")
async def pin_conflict(caller: Calling, contest_id: Name, data: JSONBody[Pin]) -> Pinned:
    """As chair, keep a judge from an entry, or state that a found ground is no obstacle."""
    command = review.PinConflict(contest_id=contest_id, **asdict(data))
    return Pinned(pin_id=await caller.ask(command, str))


@do(CONTEST + "/conflicts/pins/{pin_id:str}/lift")
async def lift_pin(
    caller: Calling, contest_id: Name, pin_id: Name, data: JSONBody[Reason]
) -> None:
    """As chair, take a pin back."""
    await caller.tell(review.LiftPin(contest_id=contest_id, pin_id=pin_id, reason=data.reason))


ROUTES = (
    seat_jury,
    show_jury,
    replace_judge,
    list_jury_notes,
    record_posts,
    declare_conflict,
    list_conflicts,
    list_declarations,
    withdraw_conflict,
    pin_conflict,
    lift_pin,
)
