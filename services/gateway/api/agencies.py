"""The units that may take part: from JSON, from files, and who continues whom."""

from datetime import date
from typing import Annotated

from litestar import Response, get, put
from litestar.params import JSONBody, QueryParameter, RawBody

from contracts import intake
from services.gateway.api.routes import act
from services.gateway.caller import Calling
from services.gateway.paging import Paging

DryRun = Annotated[bool, QueryParameter(name="dry_run")]
AsOf = Annotated[date | None, QueryParameter(name="as_of")]


@put("/agencies")
async def import_agencies(caller: Calling, data: JSONBody[intake.ImportAgencies]) -> int:
    """Record the units that may take part; returns how many are known."""
    return await caller.ask(data, int)


@act("/agencies/import")
async def import_agency_file(
    caller: Calling,
    body: RawBody,
    file_name: Annotated[str, QueryParameter(name="file_name")] = "",
    dry_run: DryRun = False,  # noqa: FBT002  # a query's flag
) -> intake.AgencyFileRead:
    """Record the units of a CSV or XLSX file, sent as it is; all of them or none."""
    command = intake.ImportAgencyFile(file_name=file_name, content=body, dry_run=dry_run)
    return await caller.ask(command, intake.AgencyFileRead)


@get("/agencies")
async def list_agencies(
    visitor: Calling, paging: Paging, as_of: AsOf = None
) -> Response[tuple[intake.Agency, ...]]:
    """List the units that may take part, or those there were on a day."""
    units = await visitor.ask(intake.ListAgencies(as_of=as_of), tuple[intake.Agency, ...])
    return paging.of(units, lambda unit: unit.unit_id)


@put("/agencies/successions")
async def record_successions(caller: Calling, data: JSONBody[intake.RecordSuccessions]) -> int:
    """Record who continues whom; returns how many successions are known."""
    return await caller.ask(data, int)


@get("/agencies/successions")
async def list_successions(
    visitor: Calling, paging: Paging
) -> Response[tuple[intake.AgencySuccession, ...]]:
    """List who continues whom."""
    lines = await visitor.ask(intake.ListSuccessions(), tuple[intake.AgencySuccession, ...])
    return paging.of(lines, lambda line: f"{line.predecessor_id} {line.successor_id} {line.on}")


ROUTES = (
    import_agencies,
    import_agency_file,
    list_agencies,
    record_successions,
    list_successions,
)
