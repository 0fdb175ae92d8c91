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
    sign_script: Where the script of the signing agent is, `https://host/file.js`; without it papers are signed outside and uploaded.
    sign_connect: What that script connects to, as a Content-Security-Policy lists it, such as `https://127.0.0.1:8987 wss://127.0.0.1:8987`.
    requests_a_minute: How many requests to the API a signed-in caller has in a minute, over all copies; 0 for any number.
    visitor_requests_a_minute: The same for an address whose callers have not signed in; an office may share one.
    request_bytes: The largest request that is taken; documents go to the object store and are not meant.
    cors_origins: The sites whose pages may call the API, such as `https://mot-cua.example`, separated by commas; none if empty.
    portal_url: Where people reach the portal, `https://host`; links in letters and ways back from other providers begin with it.
    idle_minutes: After how many minutes without a request a person's sign-in ends.
    door_key: What seeds of second steps are kept under, then older keys, by spaces; without it nobody can set one up.
    provider_secrets: The folder with one file per other provider of sign-ins, each holding our secret there.
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
    sign_script: str = ""
    sign_connect: str = ""
    requests_a_minute: int = 6000
    visitor_requests_a_minute: int = 6000
    request_bytes: int = 10_000_000
    cors_origins: str = ""
    portal_url: str = "http://127.0.0.1:8000"
    idle_minutes: int = 120
    door_key: str = ""
    provider_secrets: str = ""
    beat_seconds: float = 30.0
