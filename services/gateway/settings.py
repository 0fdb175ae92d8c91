"""What the gateway is told when it starts."""

from msgspec import Struct


class GatewaySettings(Struct, frozen=True, kw_only=True):
    """The gateway's own settings, beside the kernel's.

    http_host: The address that people and systems reach the gateway on.
    http_port: The port that people and systems reach the gateway on.
    default_tenant: The organising authority meant when a request names none.
    cookie_secure: Whether browsers send the sign-in over HTTPS only; on in production.
    forwarded_allow_ips: The proxies whose X-Forwarded-For and -Proto are believed.
    store_url: Where browsers reach the object store, `https://host`; the page for uploads sends files there.
    ask_seconds: How long an answer of a service is waited for.
    requests_at_once: How many requests each service is sent at a time; others wait their turn.
    beat_seconds: How often outages are looked for near a deadline; 0 for never.
    """  # noqa: E501  # a setting's sentence is one line

    http_host: str = "127.0.0.1"
    http_port: int = 8000
    default_tenant: str = "hau-giang"
    cookie_secure: bool = False
    forwarded_allow_ips: str = "127.0.0.1"
    store_url: str = ""
    ask_seconds: float = 30.0
    requests_at_once: int = 4
    beat_seconds: float = 30.0
