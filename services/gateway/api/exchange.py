"""The exchange between provinces: theirs ask here, ours ask there, and it is on record."""

from litestar import Response, get
from litestar.params import JSONBody
from msgspec import Struct

from contracts import originality
from services.gateway.api.routes import Name, act
from services.gateway.caller import Calling
from services.gateway.paging import Paging


class Question(Struct, frozen=True, kw_only=True):
    """Keyed fingerprints, 16 hexadecimal digits each; some are noise."""

    fingerprints: tuple[str, ...]


class Province(Struct, frozen=True, kw_only=True):
    """Which province is asked, by its name in the agreement."""

    province: str


@act("/exchange/comparisons")
async def compare_fingerprints(
    caller: Calling, data: JSONBody[Question]
) -> originality.BandAnswer:
    """Say how much keyed fingerprints have in common with an initiative known here, as a band."""
    command = originality.CompareFingerprints(fingerprints=data.fingerprints)
    return await caller.ask(command, originality.BandAnswer)


@get("/exchange/comparisons")
async def list_comparisons(
    caller: Calling, paging: Paging
) -> Response[tuple[originality.ComparisonLine, ...]]:
    """List who was asked or answered, when, and with which band."""
    lines = await caller.ask(originality.ListComparisons(), tuple[originality.ComparisonLine, ...])
    return paging.of(lines, lambda line: f"{line.at} {line.way} {line.province}")


@act("/entries/{entry_id:str}/exchange")
async def ask_province(
    caller: Calling, entry_id: Name, data: JSONBody[Province]
) -> originality.ProvinceAnswer:
    """Ask another province whether it knows an initiative like an entry."""
    command = originality.AskProvince(entry_id=entry_id, province=data.province)
    return await caller.ask(command, originality.ProvinceAnswer)


ROUTES = (compare_fingerprints, list_comparisons, ask_province)
