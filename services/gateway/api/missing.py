"""What is done about sheets that do not come, and about panels that stand apart."""

from litestar import get
from litestar.params import JSONBody
from msgspec import Struct

from contracts import review
from services.gateway.api.review import ROUND
from services.gateway.api.routes import Instant, Name, act, do
from services.gateway.caller import Calling


class Declined(Struct, frozen=True, kw_only=True):
    """Why a judge gives an entry back."""

    reason: str


class Stated(Struct, frozen=True, kw_only=True):
    """The reason of a step, and the number of the minutes it rests on."""

    reason: str
    minutes: str


class Extended(Struct, frozen=True, kw_only=True):
    """Until when sheets are taken, why, and by which minutes."""

    until: Instant
    reason: str
    minutes: str


class Discussed(Struct, frozen=True, kw_only=True):
    """What the minutes say of a panel's discussion."""

    minutes: str
    conclusion: str


@get(ROUND + "/awaited")
async def list_awaited(caller: Calling, contest_id: Name, round_id: Name) -> review.AwaitedSheets:
    """List whose sheets are still to come, and what the rules allow about it."""
    query = review.ListAwaited(contest_id=contest_id, round_id=round_id)
    return await caller.ask(query, review.AwaitedSheets)


@do(ROUND + "/sheets/{code:str}/decline")
async def decline_entry(
    caller: Calling, contest_id: Name, round_id: Name, code: Name, data: JSONBody[Declined]
) -> None:
    """Give an entry back; another judge steps in."""
    command = review.DeclineEntry(
        contest_id=contest_id, round_id=round_id, code=code, reason=data.reason
    )
    await caller.tell(command)


@act(ROUND + "/judges/{judge_id:str}/replace")
async def replace_missing(
    caller: Calling, contest_id: Name, round_id: Name, judge_id: Name, data: JSONBody[Stated]
) -> review.JudgesMissed:
    """Have others step in wherever this judge's sheet is still awaited."""
    command = review.ReplaceMissing(
        contest_id=contest_id,
        round_id=round_id,
        judge_id=judge_id,
        reason=data.reason,
        minutes=data.minutes,
    )
    return await caller.ask(command, review.JudgesMissed)


@act(ROUND + "/quorum")
async def count_without(
    caller: Calling, contest_id: Name, round_id: Name, data: JSONBody[Stated]
) -> review.JudgesMissed:
    """Count entries with the sheets there are, where the rules' quorum is met."""
    command = review.CountWithout(
        contest_id=contest_id, round_id=round_id, reason=data.reason, minutes=data.minutes
    )
    return await caller.ask(command, review.JudgesMissed)


@do(ROUND + "/extension")
async def extend_round(
    caller: Calling, contest_id: Name, round_id: Name, data: JSONBody[Extended]
) -> None:
    """Take sheets until a later instant."""
    command = review.ExtendRound(
        contest_id=contest_id,
        round_id=round_id,
        until=data.until,
        reason=data.reason,
        minutes=data.minutes,
    )
    await caller.tell(command)


@do(ROUND + "/sheets/{code:str}/discussion")
async def record_discussion(
    caller: Calling, contest_id: Name, round_id: Name, code: Name, data: JSONBody[Discussed]
) -> None:
    """State that the panel of an entry has discussed its spread."""
    command = review.RecordDiscussion(
        contest_id=contest_id,
        round_id=round_id,
        code=code,
        minutes=data.minutes,
        conclusion=data.conclusion,
    )
    await caller.tell(command)


ROUTES = (
    list_awaited,
    decline_entry,
    replace_missing,
    count_without,
    extend_round,
    record_discussion,
)
