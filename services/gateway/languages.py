"""In which language a request is answered: Vietnamese unless somebody has asked for English.

On pages a person switches with `?lang=en`, and a cookie keeps it, whatever the browser prefers.
A program asks the API with `Accept-Language`. `spoken` puts the choice where `words` finds it.
"""

from contextvars import ContextVar
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from litestar.datastructures import Headers, MutableScopeHeaders
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from services.gateway import words

COOKIE = "ngon-ngu"
YEAR = 365 * 24 * 3600  # seconds
ADDRESS: ContextVar[str] = ContextVar("address", default="/")  # of the page, without `lang`


def spoken(app: ASGIApp) -> ASGIApp:
    """Return the application answering each request in its language."""

    async def speak(scope: Scope, receive: Receive, send: Send) -> None:
        """Settle the language, and keep it in a cookie if it was asked for by the address."""
        choose(scope)
        asked = dict(parse_qsl(scope["query_string"].decode("latin-1"))).get("lang")

        async def keep(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableScopeHeaders.from_message(message)
                headers["Content-Language"] = headers.get("Content-Language", words.LANGUAGE.get())
                if asked in words.LANGUAGES:
                    kept = f"{COOKIE}={asked}; Path=/; Max-Age={YEAR}; SameSite=Lax; HttpOnly"
                    headers.add("Set-Cookie", kept)
            await send(message)

        await app(scope, receive, keep)

    return speak


def choose(scope: Scope) -> None:
    """Settle in which language this request is answered."""
    path, query = scope["path"], scope["query_string"].decode("latin-1")
    fields = parse_qsl(query, keep_blank_values=True)
    rest = urlencode([(name, value) for name, value in fields if name != "lang"])
    # What a form leads to has no address of its own; the switch then goes to one's own page.
    here = path if scope.get("method") == "GET" else "/toi"
    ADDRESS.set(f"{here}?{rest}&" if rest and here == path else f"{here}?")
    words.LANGUAGE.set(language_of(path, dict(fields).get("lang", ""), Headers.from_scope(scope)))


def language_of(path: str, asked: str, headers: Headers) -> str:
    """Return the language to answer in: `vi` or `en`."""
    if asked in words.LANGUAGES:
        return asked
    kept = cookie(headers.get("cookie", ""))
    if kept in words.LANGUAGES:
        return kept
    # A script of our pages speaks the language of its page, not that of the browser.
    if path.startswith("/v1/") and "sec-fetch-mode" not in headers:
        return preferred(headers.get("accept-language", ""))
    return words.VIETNAMESE


def cookie(header: str) -> str:
    """Return the language that a browser has kept, or nothing."""
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def preferred(header: str) -> str:
    """Return the language that an `Accept-Language` weighs most; Vietnamese before English."""
    weights = dict.fromkeys(words.LANGUAGES, 0.0)
    for part in header.split(","):
        name, _, weight = part.partition(";")
        language = name.strip().lower().partition("-")[0]
        if language in weights:
            weights[language] = max(weights[language], weight_of(weight))
    return max(words.LANGUAGES, key=lambda language: weights[language])


def weight_of(parameter: str) -> float:
    """Read `q=0.8`; 1 where nothing is said, 0 where it cannot be read."""
    said = parameter.strip().removeprefix("q=")
    try:
        return float(said) if said else 1.0
    except ValueError:
        return 0.0


def other_page() -> str:
    """Return the address of this page in the other language."""
    other = next(one for one in words.LANGUAGES if one != words.LANGUAGE.get())
    return f"{ADDRESS.get()}lang={other}"
