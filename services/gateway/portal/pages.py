"""How a page is made: its template, the words in it, and what goes wrong."""

import hashlib
import re
import secrets
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import MediaType, Request, Response
from litestar.datastructures import CacheControlHeader, State
from litestar.response import Redirect

from services.gateway import domain, languages, problems, words
from services.gateway.caller import Caller
from services.gateway.noticed import why
from services.gateway.tags import weak

FOLDER = Path(__file__).parent
CACHED = CacheControlHeader(public=True, max_age=31_536_000, immutable=True)  # by its digest
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
# Of pages without scripts, which connect to nothing; Lighthouse reads robots.txt from within them.
PLAIN = f"{POLICY}; connect-src 'self'"
# On every page of a judge runs what keeps and sends marks that a cut line has held up.
KEEPING = f"{POLICY}; script-src 'self'; connect-src 'self'"
OURS = re.compile(r"/(?![/\\])")  # not //elsewhere, which is another host
KEEPERS = frozenset({"judge", "chair"})


@cache
def digest(name: str) -> str:
    """Return what changes in the address of a static file when the file does."""
    return hashlib.sha256((FOLDER / "static" / name).read_bytes()).hexdigest()[:12]


templates = Environment(
    loader=FileSystemLoader(FOLDER / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
templates.globals |= {
    "_": lambda sentence, **params: words.say(sentence, params),
    "static": lambda name: f"/static/{name}?v={digest(name)}",
    "language": words.LANGUAGE.get,
    "in_other_language": languages.other_page,
}
templates.filters |= {
    "moment": words.moment,
    "clock": words.clock,
    "day": words.day,
    "date": words.written_date,
    "field_moment": words.field_moment,
    "beginning": words.beginning,
    "ending": words.ending,
    "number": words.number,
    "percent": words.percent,
    "state": words.state,
    "list_state": words.list_state,
    "role": words.role,
    "why": why,
}
# What pages are put together from: fields, summaries of mistakes, banners.
templates.globals["ui"] = templates.get_template("parts.html").module


def page(caller: Caller | None, template: str, status: int = 200, **values: Any) -> Response[str]:  # noqa: ANN401  # templates take anything
    """Return a page as this caller sees it."""
    account = caller.account if caller and caller.token else None
    keeps = account is not None and not KEEPERS.isdisjoint(account.roles)
    values = {"keeps": keeps, "browser_key": "", **values}
    html = templates.get_template(template).render(
        account=account,
        form_token=domain.form_token(caller.token) if caller and caller.token else "",
        fresh_key=lambda: secrets.token_hex(16),
        **values,
    )
    headers = {"Cache-Control": "private, no-cache"} if account else {}
    if account is None and status == 200:
        # Whoever keeps it asks whether it still holds: a revision is seen with the next look.
        headers = {"Cache-Control": "no-cache", "ETag": weak(html.encode())}
    if keeps:
        # The key and the marks of a judge must not lie in a browser's cache.
        headers = {"Cache-Control": "no-store", "Content-Security-Policy": KEEPING}
    return Response(html, media_type=MediaType.HTML, status_code=status, headers=headers)


def go(path: str) -> Redirect:
    """Send the browser to a page of ours, after a form; nowhere else, whatever was asked."""
    if not OURS.match(path):
        raise ValueError(path)
    return Redirect(path=path, status_code=303)


def respond(request: Request[None, None, State], error: Exception) -> Response[Any]:
    """Show what went wrong; send who must sign in to where they can."""
    languages.choose(request.scope)  # where no page is, nothing else has
    if isinstance(error, domain.SignInNeeded):
        return go("/dang-nhap")
    if isinstance(error, domain.SecondStepNeeded):
        return go("/toi/tai-khoan/hai-buoc")
    found = problems.read(error, request.url.path)
    return page(None, "problem.html", found.status, problem=found)
