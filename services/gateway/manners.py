"""What every request of the API keeps to before its route runs. Start with `look_over`.

A key that is none, or a parameter said twice that is said once, would else be passed over where a
route does not read it.
"""

from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from litestar import Request
from litestar.datastructures import State
from litestar.exceptions import ValidationException

from services.gateway import domain
from services.gateway.matching import hold_to_tag


async def look_over(request: Request[None, None, State]) -> None:
    """Refuse a bad key, a parameter said twice, or a change of what is another thing by now."""
    if (key := request.headers.get("idempotency-key")) is not None:
        domain.check_key(key)
    said = [name for name, _ in request.query_params.multi_items()]
    twice = {name for name in said if said.count(name) > 1} - lists_of(request.route_handler.fn)
    if twice:
        wrong = [{"key": name, "message": "Said more than once"} for name in sorted(twice)]
        raise ValidationException(extra=wrong)
    await hold_to_tag(request)


@cache
def lists_of(route: Any) -> frozenset[str]:  # noqa: ANN401  # any function
    """Return the parameters that a route takes any number of."""
    return frozenset(
        name
        for name, hint in get_type_hints(route).items()
        if any(get_origin(one) is list for one in (hint, *get_args(hint)))
    )
