"""The keys that seal rounds: register one, see one's shares, give them."""

from litestar import Response, get, put
from litestar.params import JSONBody
from msgspec import Struct

from contracts import review
from services.gateway.api.review import ROUND
from services.gateway.api.routes import Name, do
from services.gateway.caller import Calling
from services.gateway.paging import Paging


class PublicKey(Struct, frozen=True, kw_only=True):
    """The line that `sangkien seal new` prints."""

    public_key: str


class Answer(Struct, frozen=True, kw_only=True):
    """What `sangkien seal answer` makes of the challenge."""

    answer: str


class GivenKey(Struct, frozen=True, kw_only=True):
    """What `sangkien seal give` prints; the rest is for who stands in for a lost key."""

    shares: str
    lost: str | None = None
    minutes: str = ""
    reason: str = ""


@put("/sealing-key")
async def register_key(caller: Calling, data: JSONBody[PublicKey]) -> review.KeyChallenge:
    """Register the caller's public key; the challenge shows that they hold the other half."""
    return await caller.ask(review.RegisterKey(public_key=data.public_key), review.KeyChallenge)


@do("/sealing-key/confirmation")
async def confirm_key(caller: Calling, data: JSONBody[Answer]) -> None:
    """Answer the challenge, so that rounds may be sealed for the key."""
    await caller.tell(review.ConfirmKey(answer=data.answer))


@get("/sealing-keys")
async def list_key_holders(
    caller: Calling, paging: Paging
) -> Response[tuple[review.KeyHolder, ...]]:
    """List who has a key that rounds may be sealed for."""
    lines = await caller.ask(review.ListKeyHolders(), tuple[review.KeyHolder, ...])
    return paging.of(lines, lambda line: line.person_id)


@get(ROUND + "/key")
async def show_key_shares(caller: Calling, contest_id: Name, round_id: Name) -> review.KeyShares:
    """Show the caller's part of a round's key, sealed to their own."""
    query = review.ShowKeyShares(contest_id=contest_id, round_id=round_id)
    return await caller.ask(query, review.KeyShares)


@put(ROUND + "/key")
async def give_key(
    caller: Calling, contest_id: Name, round_id: Name, data: JSONBody[GivenKey]
) -> review.KeysGiven:
    """Give the caller's key for a round; the second of two opens its sheets."""
    command = review.GiveKey(
        contest_id=contest_id,
        round_id=round_id,
        shares=data.shares,
        lost=data.lost,
        minutes=data.minutes,
        reason=data.reason,
    )
    return await caller.ask(command, review.KeysGiven)


ROUTES = (register_key, confirm_key, list_key_holders, show_key_shares, give_key)
