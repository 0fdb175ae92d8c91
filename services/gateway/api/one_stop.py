"""One-stop shops, both ways: dossiers they push here, and portals that mirror ours."""

from typing import Annotated

from litestar import Response, get, post, put
from litestar.params import JSONBody, QueryParameter
from msgspec import Struct
from msgspec.structs import asdict

from contracts import intake
from services.gateway.api.entries import Reason
from services.gateway.api.routes import Name, act, do
from services.gateway.caller import Calling
from services.gateway.paging import Paging


class SupplementOfDossier(Struct, frozen=True, kw_only=True):
    """What completes a dossier."""

    declarations: tuple[str, ...] = ()
    files: tuple[intake.DossierFile, ...] = ()


class Setup(Struct, frozen=True, kw_only=True):
    """A portal and, if it is new or has changed, the password to log in with."""

    counterparty: intake.Counterparty
    password: str | None = None


class Retry(Struct, frozen=True, kw_only=True):
    """Which dead pushes are tried again: all, or those of one entry."""

    entry_id: str | None = None


class Retried(Struct, frozen=True, kw_only=True):
    """How many pushes are tried again."""

    pushes: int


@post("/one-stop/dossiers")
async def push_dossier(
    caller: Calling, data: JSONBody[intake.PushDossier]
) -> intake.PushedDossier:
    """Hand in a whole dossier; the answer is the receipt, or what is still pending."""
    return await caller.ask(data, intake.PushedDossier)


@get("/one-stop/dossiers/{code:str}")
async def show_dossier(caller: Calling, code: Name) -> intake.DossierView:
    """Show how a dossier of the calling client stands."""
    return await caller.ask(intake.ShowDossier(code=code), intake.DossierView)


@post("/one-stop/dossiers/{code:str}/supplements")
async def supplement_dossier(
    caller: Calling, code: Name, data: JSONBody[SupplementOfDossier]
) -> intake.PushedDossier:
    """Complete a dossier."""
    command = intake.SupplementDossier(code=code, declarations=data.declarations, files=data.files)
    return await caller.ask(command, intake.PushedDossier)


@do("/one-stop/dossiers/{code:str}/withdrawal")
async def withdraw_dossier(
    caller: Calling, code: Name, data: JSONBody[Reason | None] = None
) -> None:
    """Take a dossier back."""
    command = intake.WithdrawDossier(code=code, reason=data.reason if data else "")
    await caller.tell(command)


@put("/counterparties", status_code=204)
async def configure_counterparty(caller: Calling, data: JSONBody[Setup]) -> None:
    """Set a portal up that mirrors dossiers, or change it."""
    await caller.tell(intake.ConfigureCounterparty(**asdict(data)))


@get("/counterparties")
async def list_counterparties(
    caller: Calling, paging: Paging
) -> Response[tuple[intake.Counterparty, ...]]:
    """List the portals that mirror dossiers."""
    lines = await caller.ask(intake.ListCounterparties(), tuple[intake.Counterparty, ...])
    return paging.of(lines, lambda line: line.name)


@get("/counterparties/{name:str}/pushes")
async def list_pushes(
    caller: Calling,
    name: Name,
    paging: Paging,
    push_state: Annotated[intake.PushState | None, QueryParameter(name="state")] = None,
) -> Response[tuple[intake.PushView, ...]]:
    """List what a portal was told, or not yet."""
    query = intake.ListPushes(counterparty=name, state=push_state)
    lines = await caller.ask(query, tuple[intake.PushView, ...])
    return paging.of(lines, lambda line: f"{line.entry_id} {line.step}")


@act("/counterparties/{name:str}/retry")
async def retry_pushes(
    caller: Calling, name: Name, data: JSONBody[Retry | None] = None
) -> Retried:
    """Try dead pushes again."""
    command = intake.RetryPushes(counterparty=name, entry_id=data.entry_id if data else None)
    return Retried(pushes=await caller.ask(command, int))


@get("/counterparties/{name:str}/reconciliations")
async def list_reconciliations(
    caller: Calling, name: Name, paging: Paging
) -> Response[tuple[intake.ReconciliationView, ...]]:
    """List how a portal's dossiers compared with ours."""
    query = intake.ListReconciliations(counterparty=name)
    lines = await caller.ask(query, tuple[intake.ReconciliationView, ...])
    return paging.of(lines, lambda line: str(line.at))


ROUTES = (
    push_dossier,
    show_dossier,
    supplement_dossier,
    withdraw_dossier,
    configure_counterparty,
    list_counterparties,
    list_pushes,
    retry_pushes,
    list_reconciliations,
)
