"""The exchange between provinces: ask one about an entry; what was asked and answered so far."""

from litestar import Response, get, post

from contracts import originality
from services.gateway import words
from services.gateway.caller import Caller, Calling
from services.gateway.portal.forms import Sent
from services.gateway.portal.pages import page

PATH = "/toi/lien-tinh"
ASKERS = frozenset({"secretary", "chair", "organiser"})
BANDS = words.Names(
    {
        "NONE": "Không thấy trùng",
        "LOW": "Thấp",
        "MEDIUM": "Trung bình",
        "HIGH": "Cao",
    }
)
WAYS = words.Names({"ASKED": "Tỉnh ta hỏi", "ANSWERED": "Tỉnh ta trả lời"})


@get(PATH)
async def show_exchange(caller: Calling) -> Response[str]:
    """Show the record of comparisons, and the form for another."""
    return await shown(caller, None)


@post(PATH, status_code=200)
async def ask_province(posted: Sent) -> Response[str]:
    """Ask another province about an entry; show its band and whom to talk to."""
    command = originality.AskProvince(entry_id=posted["entry_id"], province=posted["province"])
    answer = await posted.caller.ask(command, originality.ProvinceAnswer)
    return await shown(posted.caller, answer)


async def shown(caller: Caller, answer: originality.ProvinceAnswer | None) -> Response[str]:
    """Return the page with an answer that has just come, if one has."""
    query = originality.ListComparisons()
    return page(
        caller,
        "provinces.html",
        path=PATH,
        asks=not ASKERS.isdisjoint(caller.account.roles),
        answer=answer,
        lines=await caller.ask(query, tuple[originality.ComparisonLine, ...]),
        bands=BANDS,
        ways=WAYS,
    )


ROUTES = (show_exchange, ask_province)
