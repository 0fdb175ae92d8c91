"""Certificates bound to the authorities they may sign for."""

from datetime import date

from litestar import Response, get, post
from litestar.params import JSONBody
from msgspec import Struct
from msgspec.structs import asdict

from contracts import awards
from services.gateway.api.routes import Name, act
from services.gateway.caller import Calling
from services.gateway.paging import Paging


class NewSigner(Struct, frozen=True, kw_only=True):
    """A certificate (PEM) to bind, for whom and for what; `until`, the last day, may be open."""

    authority: str
    role: awards.SignRole
    certificate: str
    since: date
    until: date | None = None


class LastDay(Struct, frozen=True, kw_only=True):
    """The last day on which a certificate may sign, and why."""

    until: date
    reason: str


@get("/signers")
async def list_signers(caller: Calling, paging: Paging) -> Response[tuple[awards.Signer, ...]]:
    """List the certificates that may sign papers, or could."""
    lines = await caller.ask(awards.ListSigners(), tuple[awards.Signer, ...])
    return paging.of(lines, lambda line: line.signer_id)


@post("/signers")
async def bind_signer(caller: Calling, data: JSONBody[NewSigner]) -> awards.Signer:
    """Bind a certificate to an authority, for one kind of signature; an operator's to do."""
    return await caller.ask(awards.BindSigner(**asdict(data)), awards.Signer)


@act("/signers/{signer_id:str}/end")
async def end_signer(caller: Calling, signer_id: Name, data: JSONBody[LastDay]) -> awards.Signer:
    """Name the last day on which a bound certificate may sign."""
    command = awards.EndSigner(signer_id=signer_id, **asdict(data))
    return await caller.ask(command, awards.Signer)


ROUTES = (list_signers, bind_signer, end_signer)
