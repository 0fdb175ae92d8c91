"""When a request arrived: at its first bytes, before its body is read."""

from litestar.types import ASGIApp, Receive, Scope, Send

from kernel import clock

ARRIVED_AT = "arrived_at"


def stamped(app: ASGIApp) -> ASGIApp:
    """Return the application with the instant of its headers in the state of every request.

    A body may take minutes over a slow line; what it says was handed in when it began.
    """

    async def stamp(scope: Scope, receive: Receive, send: Send) -> None:
        """Note when the request began."""
        scope["state"][ARRIVED_AT] = clock.now()
        await app(scope, receive, send)

    return stamp
