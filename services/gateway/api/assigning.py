"""Who judges what: plans, pairs kept apart, and panels mended while a round is open."""

from litestar import Response, get
from litestar.params import JSONBody
from msgspec import Struct
from msgspec.structs import asdict

from contracts import review
from services.gateway.api.coverage import XLSX, spreadsheet
from services.gateway.api.review import ROUND, Seed
from services.gateway.api.routes import Name, act, do
from services.gateway.caller import Calling


class Pair(Struct, frozen=True, kw_only=True):
    """Two judges, and why they are kept apart or no longer are."""

    judge_id: str
    other_id: str
    reason: str


class Leaving(Struct, frozen=True, kw_only=True):
    """Why a judge leaves a round."""

    reason: str


@do("/contests/{contest_id:str}/apart")
async def keep_apart(caller: Calling, contest_id: Name, data: JSONBody[Pair]) -> None:
    """Never assign these two judges to one entry."""
    await caller.tell(review.KeepApart(contest_id=contest_id, **asdict(data)))


@do("/contests/{contest_id:str}/together")
async def let_together(caller: Calling, contest_id: Name, data: JSONBody[Pair]) -> None:
    """Let two judges who were kept apart be assigned to one entry again."""
    await caller.tell(review.LetTogether(contest_id=contest_id, **asdict(data)))


@get(ROUND + "/plan")
async def plan_round(
    caller: Calling, contest_id: Name, round_id: Name, seed: Seed = None
) -> review.RoundPlan:
    """Say who would judge what, or who does; or why not every entry can have its judges."""
    query = review.PlanRound(contest_id=contest_id, round_id=round_id, seed=seed)
    return await caller.ask(query, review.RoundPlan)


@get(ROUND + "/plan.xlsx", media_type=XLSX)
async def export_plan(
    caller: Calling, contest_id: Name, round_id: Name, seed: Seed = None
) -> Response[bytes]:
    """Return the same as a spreadsheet."""
    query = review.ExportPlan(contest_id=contest_id, round_id=round_id, seed=seed)
    return spreadsheet(await caller.ask(query, bytes), "plan")


@act(ROUND + "/judges/{judge_id:str}/release")
async def release_judge(
    caller: Calling, contest_id: Name, round_id: Name, judge_id: Name, data: JSONBody[Leaving]
) -> review.Repaired:
    """Let a judge leave the open round; what they have not marked goes to others."""
    command = review.ReleaseJudge(
        contest_id=contest_id, round_id=round_id, judge_id=judge_id, reason=data.reason
    )
    return await caller.ask(command, review.Repaired)


@act(ROUND + "/level")
async def level_round(caller: Calling, contest_id: Name, round_id: Name) -> review.Repaired:
    """Even the loads of the open round out, as after a judge came."""
    command = review.LevelRound(contest_id=contest_id, round_id=round_id)
    return await caller.ask(command, review.Repaired)


ROUTES = (keep_apart, let_together, plan_round, export_plan, release_judge, level_round)
