"""`sangkien channels-sandbox`: a counterparty for webhooks, Zalo, SMS and the exchange axis."""

import sys
from contextlib import suppress

import click

from services.notify.sandbox import Manners, Sandbox, serve


@click.command("channels-sandbox")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=0, help="0 takes a free one and prints it.")
@click.option("--secret", default="", help="What webhooks must be signed with (whsec_…).")
@click.option("--template", "templates", multiple=True, help="A ZNS template: ID:field,field.")
@click.option("--refresh", default="first", show_default=True, help="The first refresh token.")
@click.option("--fail", default=0.0, help="Answer this share of the calls with 503, 0 to 1.")
@click.option("--close", default=0.0, help="End the connection without an answer, this share.")
@click.option("--hang", default=0.0, help="Never answer this share.")
@click.option("--twice", default=0.0, help="Answer this share two times.")
@click.option("--slow", default=0.0, help="Answer after so many seconds.")
@click.option("--token-calls", default=0, help="End an access token after so many calls.")
def sandbox(  # one for each switch
    host: str, port: int, secret: str, templates: tuple[str, ...], refresh: str, **manners: float
) -> None:
    """Run a counterparty for webhooks, Zalo, SMS and edXML, to try against.

    Its doors are /hook, /message/template, /v4/oa/access_token, /sms and /edxml; tokens and
    the secret key are `sandbox`. GET / shows what it has taken.
    """
    known = {
        name: tuple(filter(None, fields.split(",")))
        for name, _, fields in (one.partition(":") for one in templates)
    }
    there = Sandbox(Manners(**manners), secret, known, refresh)  # type: ignore[arg-type]  # by click
    server = serve(there, host, port)
    sys.stdout.write(f"http://{host}:{server.server_port}\n")
    sys.stdout.flush()
    with suppress(KeyboardInterrupt):
        server.serve_forever()
    there.over.set()
    server.server_close()
