"""What a page does with a step that may be refused: go on, or show itself again and say why."""

from collections.abc import Awaitable, Callable, Mapping

from litestar import Response
from litestar.response import Redirect

from kernel.errors import Refused
from services.gateway import problems
from services.gateway.portal.pages import go

# Shows a page, given why a step was refused and the HTTP status; a `partial` of the page's own.
Again = Callable[[tuple[str, int]], Awaitable[Response[str]]]


async def go_or_say(step: Awaitable[object], then: str, again: Again) -> Response[str] | Redirect:
    """Take a step and go to a page of ours; refused, show the page again with the sentence."""
    try:
        await step
    except Refused as refusal:
        found = problems.read(refusal, then)
        if found.status == 401:
            raise
        return await again((found.detail, found.status))
    return go(then)


def kept(fields: Mapping[str, str], step: str) -> Mapping[str, str]:
    """Return what was typed into one of several forms of a page, none of the others."""
    return fields if fields.get("step") == step else {}
