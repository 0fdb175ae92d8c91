"""A page that is made once for all visitors who are to see the same.

What it shows is asked for anew by every visitor (`readers`) and compared with what the page was
made from, so nobody is shown what was before a revision; only putting it into HTML is spared.
"""

from collections.abc import Callable, Mapping
from typing import Any

from litestar import MediaType, Response

from services.gateway import languages, words
from services.gateway.caller import Caller
from services.gateway.portal.pages import page

Key = tuple[str, str, str, str]  # the tenant, the template, the language, the address
MOST = 64  # pages that a process keeps; anybody can ask for one more address

made: dict[Key, tuple[object, str, dict[str, str]]] = {}  # from what, the page, its headers


def page_for_all(
    visitor: Caller, template: str, shows: object, values: Callable[[], Mapping[str, Any]]
) -> Response[str]:
    """Return the page that was made from what equals `shows`, or one made now from `values`.

    Whatever the page depends on is in `shows`. Who has signed in gets a page of their own.
    """
    if visitor.token:
        return page(visitor, template, **values())
    key = visitor.tenant, template, words.LANGUAGE.get(), languages.ADDRESS.get()
    known = made.get(key)
    if known is None or known[0] != shows:
        new = page(visitor, template, **values())
        if key not in made and len(made) >= MOST:
            made.pop(next(iter(made)))
        known = made[key] = shows, new.content, dict(new.headers)
    return Response(known[1], media_type=MediaType.HTML, headers=dict(known[2]))
