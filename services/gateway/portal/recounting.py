"""The page on which anybody checks a recount kit, in their own browser."""

from litestar import Response, get

from services.gateway.caller import Calling
from services.gateway.portal.pages import POLICY, page


@get("/kiem-chung")
async def show_recount(visitor: Calling) -> Response[str]:
    """Explain the record, and check a kit without sending it anywhere."""
    shown = page(visitor, "recount.html")
    shown.headers["Content-Security-Policy"] = f"{POLICY}; script-src 'self'"
    return shown


ROUTES = (show_recount,)
