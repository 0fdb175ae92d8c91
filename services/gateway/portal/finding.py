"""What anybody looks up: published initiatives, papers by number or file, a map of the portal."""

import asyncio
from hashlib import sha256
from urllib.parse import quote
from xml.sax.saxutils import escape

from litestar import Request, Response, get, post
from litestar.datastructures import State, UploadFile
from litestar.params import FromQuery

from contracts import awards, intake
from services.gateway.caller import Caller, Calling
from services.gateway.portal.forms import Sent
from services.gateway.portal.leafing import leaf
from services.gateway.portal.pages import page
from services.gateway.portal.register import NoFileChosen

MOST = 20  # initiatives on a page
XML = "application/xml"
Papers = tuple[awards.PaperState, ...]
Published = tuple[awards.PublishedContest, ...]


@get("/tim-kiem")
async def search_initiatives(
    visitor: Calling,
    tu: FromQuery[str] = "",
    cuoc_thi: FromQuery[str] = "",
    trang: FromQuery[int] = 1,
) -> Response[str]:
    """Look for published initiatives by words, typed with accents or without."""
    here = leaf(trang, MOST, "/tim-kiem", tu=tu.strip(), cuoc_thi=cuoc_thi)
    query = awards.SearchPublished(
        words=tu.strip(), contest_id=cuoc_thi or None, first=here.first, most=MOST
    )
    found, contests = await asyncio.gather(
        visitor.ask(query, awards.PublishedFound),
        visitor.ask(awards.ListPublished(), Published),
    )
    return page(
        visitor,
        "search.html",
        words=tu.strip(),
        contest_id=cuoc_thi,
        contests=contests,
        found=found,
        before=here.before(),
        after=here.after(found.total),
    )


@get("/kiem-tra")
async def look_up_paper(visitor: Calling, so: FromQuery[str] = "") -> Response[str]:
    """Find issued papers by number, or by the code that is printed on them."""
    number = so.strip()
    papers: Papers = ()
    if number:
        papers = await visitor.ask(awards.FindPapers(number=number), Papers)
    return check_page(visitor, papers, number=number)


# A plain request: the file is read as it came.
@post("/kiem-tra", status_code=200, request_class=Request)
async def compare_paper(request: Request[None, None, State], posted: Sent) -> Response[str]:
    """Find the paper whose file this is, by its digest; the file itself is not kept."""
    sent = (await request.form()).get("tep")
    content = await sent.read() if isinstance(sent, UploadFile) else b""
    if not content:
        raise NoFileChosen
    digest = sha256(content).hexdigest()
    papers = await posted.caller.ask(awards.FindPapers(sha256=digest), Papers)
    return check_page(posted.caller, papers, digest=digest)


def check_page(
    visitor: Caller, papers: Papers, number: str = "", digest: str = ""
) -> Response[str]:
    """Show the forms to look a paper up with, and what was found."""
    return page(
        visitor,
        "paper_check.html",
        papers=papers,
        number=number,
        digest=digest,
        asked=bool(number or digest),
        mistake="",
    )


@get("/sitemap.xml", media_type=XML)
async def show_sitemap(request: Request[None, None, State], visitor: Calling) -> Response[str]:
    """List the public pages for search engines (sitemaps.org)."""
    contests, published = await asyncio.gather(
        visitor.ask(intake.ListContests(), tuple[intake.ContestLine, ...]),
        visitor.ask(awards.ListPublished(), Published),
    )
    paths = ["/", "/tim-kiem", "/kiem-tra", "/kiem-chung"]
    paths += [f"/cuoc-thi/{quote(one.contest_id, safe='')}" for one in contests]
    for one in published:
        name = quote(one.contest_id, safe="")
        paths += [f"/ket-qua/{name}", f"/nhan-rong/{name}"]
    base = str(request.base_url).rstrip("/")
    places = "".join(f"<url><loc>{escape(base + path)}</loc></url>" for path in paths)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return Response(
        f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="{space}">{places}</urlset>',
        media_type=XML,
    )


@get("/robots.txt", media_type="text/plain", sync_to_thread=False)
def show_robots(request: Request[None, None, State]) -> str:
    """Tell search engines where the map is, and which pages are nobody else's."""
    base = str(request.base_url).rstrip("/")
    private = ("/toi", "/ho-so", "/du-thi", "/thoi-nhan-thu", "/v1/")
    closed = "".join(f"Disallow: {path}\n" for path in private)
    return f"User-agent: *\n{closed}Sitemap: {base}/sitemap.xml\n"


ROUTES = (search_initiatives, look_up_paper, compare_paper, show_sitemap, show_robots)
