"""Petitions and complaints about results, and entries judged again."""

from decimal import Decimal

from litestar import Response, get, post
from litestar.params import JSONBody
from msgspec import Struct
from msgspec.structs import asdict

from contracts import awards, review
from services.gateway.api.routes import Name, do
from services.gateway.caller import Calling
from services.gateway.paging import Paging

PETITION = "/petitions/{petition_id:str}"


class Dispute(Struct, frozen=True, kw_only=True):
    """Of which kind a dispute is, and what is wrong with the result."""

    kind: awards.PetitionKind
    grounds: str


class PetitionFound(Struct, frozen=True, kw_only=True):
    """The petition's id."""

    petition_id: str


class Acceptance(Struct, frozen=True, kw_only=True):
    """Whether a complaint is complex, and so may take longer by law."""

    is_complex: bool = False


class PetitionReason(Struct, frozen=True, kw_only=True):
    """Why a petition is not taken up."""

    reason: str


class RejudgingAsked(Struct, frozen=True, kw_only=True):
    """Which round is judged again, by which criteria (all without), decided in which minutes."""

    round_id: str
    minutes: str
    criteria: tuple[str, ...] = ()


class Answer(Struct, frozen=True, kw_only=True):
    """Whether a petition is upheld, and the answer with its number."""

    upheld: bool
    number: str
    answer: str


class NewJudges(Struct, frozen=True, kw_only=True):
    """Who judges again, and the decision that appoints them."""

    judge_ids: tuple[str, ...]
    decision: str


class NewSheet(Struct, frozen=True, kw_only=True):
    """Points by rubric code for what is in question, and the reasons."""

    marks: dict[str, Decimal]
    comment: str


@post("/contests/{contest_id:str}/entries/{entry_id:str}/petitions")
async def file_petition(
    caller: Calling, contest_id: Name, entry_id: Name, data: JSONBody[Dispute]
) -> PetitionFound:
    """Dispute the result of an own entry."""
    command = awards.FilePetition(contest_id=contest_id, entry_id=entry_id, **asdict(data))
    return PetitionFound(petition_id=await caller.ask(command, str))


@get("/contests/{contest_id:str}/petitions")
async def list_petitions(
    caller: Calling, contest_id: Name, paging: Paging
) -> Response[tuple[awards.PetitionView, ...]]:
    """List petitions with their clocks: all to the office, to authors their own."""
    query = awards.ListPetitions(contest_id=contest_id)
    lines = await caller.ask(query, tuple[awards.PetitionView, ...])
    return paging.of(lines, lambda line: line.petition_id)


@do(PETITION + "/withdraw")
async def withdraw_petition(caller: Calling, petition_id: Name) -> None:
    """Take an own petition back."""
    await caller.tell(awards.WithdrawPetition(petition_id=petition_id))


@do(PETITION + "/accept")
async def accept_petition(caller: Calling, petition_id: Name, data: JSONBody[Acceptance]) -> None:
    """Take a petition up."""
    command = awards.AcceptPetition(petition_id=petition_id, is_complex=data.is_complex)
    await caller.tell(command)


@do(PETITION + "/refuse")
async def refuse_petition(
    caller: Calling, petition_id: Name, data: JSONBody[PetitionReason]
) -> None:
    """Refuse to take a petition up."""
    await caller.tell(awards.RefusePetition(petition_id=petition_id, reason=data.reason))


@do(PETITION + "/rejudging")
async def order_rejudging(
    caller: Calling, petition_id: Name, data: JSONBody[RejudgingAsked]
) -> None:
    """Have the entry judged again by others."""
    await caller.tell(awards.OrderRejudging(petition_id=petition_id, **asdict(data)))


@do(PETITION + "/answer")
async def decide_petition(caller: Calling, petition_id: Name, data: JSONBody[Answer]) -> None:
    """Answer a petition; new marks that are upheld begin a new revision of the results."""
    await caller.tell(awards.DecidePetition(petition_id=petition_id, **asdict(data)))


@get("/contests/{contest_id:str}/rejudgings")
async def list_rejudgings(
    caller: Calling, contest_id: Name, paging: Paging
) -> Response[tuple[review.RejudgingView, ...]]:
    """List entries judged again: all to the office, to a judge their own."""
    query = review.ListRejudgings(contest_id=contest_id)
    lines = await caller.ask(query, tuple[review.RejudgingView, ...])
    return paging.of(lines, lambda line: line.petition_id)


@do(PETITION + "/rejudging/judges")
async def seat_rejudging(caller: Calling, petition_id: Name, data: JSONBody[NewJudges]) -> None:
    """Appoint who judges again."""
    await caller.tell(review.SeatRejudging(petition_id=petition_id, **asdict(data)))


@do(PETITION + "/rejudging/sheets")
async def rejudge_entry(caller: Calling, petition_id: Name, data: JSONBody[NewSheet]) -> None:
    """Give a sheet as one of those who judge again."""
    await caller.tell(review.RejudgeEntry(petition_id=petition_id, **asdict(data)))


ROUTES = (
    file_petition,
    list_petitions,
    withdraw_petition,
    accept_petition,
    refuse_petition,
    order_rejudging,
    decide_petition,
    list_rejudgings,
    seat_rejudging,
    rejudge_entry,
)
