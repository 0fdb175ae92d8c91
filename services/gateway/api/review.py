"""Rounds and score sheets."""

from typing import Annotated

from litestar import Response, get, put
from litestar.params import JSONBody, QueryParameter
from msgspec import Struct
from msgspec.structs import asdict

from contracts import awards, review
from services.gateway import sealing, words
from services.gateway.api.routes import Instant, Name, act, do
from services.gateway.caller import Calling
from services.gateway.paging import Paging

Seed = Annotated[str | None, QueryParameter(name="seed")]
ROUND = "/contests/{contest_id:str}/rounds/{round_id:str}"


class Opening(Struct, frozen=True, kw_only=True):
    """Who holds the keys of the round: two officers, and who stands in when a key is lost."""

    officers: tuple[str, ...] = ()
    recovery: str | None = None
    due: Instant | None = None


class Sheet(Struct, frozen=True, kw_only=True):
    """Points and comments by rubric code. A point may be text with a decimal comma: `"7,5"`.

    `reason` goes with another sheet for the same entry, `minutes` with a second look. `based_on`
    is the version it was made from, 0 for none: if another was given meanwhile, it is refused.
    """

    marks: dict[str, str | int | float]
    comments: dict[str, str] = {}
    comment: str = ""
    reason: str = ""
    minutes: str = ""
    based_on: int | None = None


class Draft(Struct, frozen=True, kw_only=True):
    """Whatever a judge has typed so far, by rubric code."""

    marks: dict[str, str] = {}
    comments: dict[str, str] = {}
    comment: str = ""


class Vote(Struct, frozen=True, kw_only=True):
    """The council's order of equals, by code, best first; its minutes' number and ground."""

    order: tuple[str, ...]
    minutes: str
    reason: str


class PlaceExplained(Struct, frozen=True, kw_only=True):
    """What an entry's places rest on: in the rounds that are closed, and in the end."""

    judged: review.Explanation
    final: awards.FinalExplained | None


class SheetGiven(Struct, frozen=True, kw_only=True):
    """Which version of the judge's sheet this is, from 1."""

    version: int


@act(ROUND + "/open")
async def open_round(
    caller: Calling,
    contest_id: Name,
    round_id: Name,
    data: JSONBody[Opening | None] = None,
    seed: Seed = None,
) -> review.OpenedRound:
    """Assign judges to every eligible entry, and seal the round for two officers."""
    named = data or Opening()
    command = review.OpenRound(
        contest_id=contest_id,
        round_id=round_id,
        officers=named.officers,
        recovery=named.recovery,
        due=named.due,
        seed=seed,
    )
    return await caller.ask(command, review.OpenedRound)


@get(ROUND)
async def show_round(caller: Calling, contest_id: Name, round_id: Name) -> review.RoundView:
    """Show how far a round is and, once closed, its table."""
    query = review.ShowRound(contest_id=contest_id, round_id=round_id)
    return await caller.ask(query, review.RoundView)


@get(ROUND + "/assignments")
async def list_assignments(
    caller: Calling, contest_id: Name, round_id: Name, paging: Paging
) -> Response[tuple[review.Assignment, ...]]:
    """List what the calling judge has to mark."""
    lines = await sealing.desk(caller, contest_id, round_id)
    return paging.of(lines, lambda line: line.code)


@put(ROUND + "/sheets/{code:str}")
async def give_marks(
    caller: Calling, contest_id: Name, round_id: Name, code: Name, data: JSONBody[Sheet]
) -> SheetGiven:
    """Hand in the calling judge's sheet for one entry."""
    text = review.SheetText(
        marks={code: words.points(str(mark)) for code, mark in data.marks.items()},
        comments=data.comments,
        comment=data.comment,
    )
    command = review.GiveMarks(
        contest_id=contest_id,
        round_id=round_id,
        code=code,
        reason=data.reason,
        minutes=data.minutes,
        based_on=data.based_on,
    )
    return SheetGiven(version=await sealing.give_marks(caller, command, text))


@put(ROUND + "/drafts/{code:str}", status_code=204)
async def save_sheet_draft(
    caller: Calling, contest_id: Name, round_id: Name, code: Name, data: JSONBody[Draft]
) -> None:
    """Keep what the calling judge has typed; nobody else can read it."""
    text = review.DraftText(marks=data.marks, comments=data.comments, comment=data.comment)
    command = review.SaveDraft(contest_id=contest_id, round_id=round_id, code=code, draft="")
    await sealing.save_draft(caller, command, text)


@act(ROUND + "/close")
async def close_round(
    caller: Calling, contest_id: Name, round_id: Name
) -> tuple[review.RoundLine, ...]:
    """Rank the entries and say who goes on."""
    command = review.CloseRound(contest_id=contest_id, round_id=round_id)
    return await caller.ask(command, tuple[review.RoundLine, ...])


@do(ROUND + "/votes")
async def record_vote(
    caller: Calling, contest_id: Name, round_id: Name, data: JSONBody[Vote]
) -> None:
    """Record the council's vote on equals at the cut-off of a round."""
    await caller.tell(review.RecordVote(contest_id=contest_id, round_id=round_id, **asdict(data)))


@get("/contests/{contest_id:str}/entries/{entry:str}/place")
async def explain_place(caller: Calling, contest_id: Name, entry: Name) -> PlaceExplained:
    """Explain an entry's place: marks, weights, rounding and ties of each round and in the end."""
    judged = await caller.ask(
        review.ExplainPlace(contest_id=contest_id, entry=entry), review.Explanation
    )
    asked = awards.ExplainFinal(contest_id=contest_id, entry_id=judged.entry_id)
    final = await caller.ask(asked, awards.FinalPlace)
    return PlaceExplained(judged=judged, final=final.explained)


@get("/contests/{contest_id:str}/entries/{entry_id:str}/feedback")
async def show_feedback(
    caller: Calling, contest_id: Name, entry_id: Name, paging: Paging
) -> Response[tuple[review.RoundFeedback, ...]]:
    """Show an author what judges wrote on their entry, once results are published."""
    query = review.ShowFeedback(contest_id=contest_id, entry_id=entry_id)
    lines = await caller.ask(query, tuple[review.RoundFeedback, ...])
    return paging.of(lines, lambda line: line.round_id)


@get(ROUND + "/calibration")
async def show_calibration(
    caller: Calling, contest_id: Name, round_id: Name
) -> review.Calibration:
    """Show how severe judges were, and how sure the ranks are, of a closed round."""
    query = review.ShowCalibration(contest_id=contest_id, round_id=round_id)
    return await caller.ask(query, review.Calibration)


ROUTES = (
    open_round,
    show_round,
    list_assignments,
    give_marks,
    save_sheet_draft,
    close_round,
    record_vote,
    explain_place,
    show_feedback,
    show_calibration,
)
