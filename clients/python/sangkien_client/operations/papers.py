"""Official papers once issued: checked by anybody, signed by agents, worded by the office."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def show_paper_register(client: Client) -> "models.PaperRegister":
    """List every issued paper with its state, to check papers offline (`sangkien verify`)."""
    return cast("models.PaperRegister", client.request("GET", "/v1/papers/register"))


def show_paper_state(client: Client, paper_id: str) -> "models.PaperState":
    """Say whether a paper is valid, revoked or unknown."""
    return cast(
        "models.PaperState",
        client.request("GET", f"/v1/papers/{quote(str(paper_id), safe='')}/state"),
    )


def issue_document(
    client: Client, contest_id: str, body: "models.NewDocument", *, key: str | None = None
) -> "models.AwardingPaper":
    """Issue a paper of one of the forms of the contest's legal profile."""
    return cast(
        "models.AwardingPaper",
        client.request(
            "POST", f"/v1/contests/{quote(str(contest_id), safe='')}/documents", json=body, key=key
        ),
    )


def preview_document(
    client: Client, contest_id: str, body: "models.NewDocument", *, key: str | None = None
) -> "bytes":
    """Print what would be issued as PDF, without number, signature and code; nothing is kept."""
    return cast(
        "bytes",
        client.request(
            "POST",
            f"/v1/contests/{quote(str(contest_id), safe='')}/documents/preview",
            json=body,
            key=key,
        ),
    )


def list_forms(client: Client, contest_id: str) -> "models.Forms":
    """List the papers that the caller may issue, and what each has to be told."""
    return cast(
        "models.Forms",
        client.request("GET", f"/v1/contests/{quote(str(contest_id), safe='')}/forms"),
    )


def show_printing(client: Client, contest_id: str) -> "models.Printing":
    """Say how far the printing and signing of a contest's papers is."""
    return cast(
        "models.Printing",
        client.request("GET", f"/v1/contests/{quote(str(contest_id), safe='')}/printing"),
    )


def ask_to_sign(
    client: Client, paper_id: str, body: "models.SignFor", *, key: str | None = None
) -> "models.AgentCall":
    """Open a signing session: what a page has to call the signing agent with."""
    return cast(
        "models.AgentCall",
        client.request(
            "POST", f"/v1/papers/{quote(str(paper_id), safe='')}/signing", json=body, key=key
        ),
    )


def take_signed(
    client: Client, session_id: str, *, key: str | None = None
) -> "models.AgentAnswer":
    """Take a signed file from the signing agent, which has no account: the session is enough. It is told of a refusal in its own way, with status 200."""
    return cast(
        "models.AgentAnswer",
        client.request("POST", f"/v1/signing/{quote(str(session_id), safe='')}", key=key),
    )


def show_wording(client: Client, profile: str) -> "models.PapersWords":
    """Show how papers of a legal profile are worded, and what was changed here."""
    return cast(
        "models.PapersWords", client.request("GET", f"/v1/wordings/{quote(str(profile), safe='')}")
    )


def change_wording(
    client: Client, profile: str, body: "models.NewWords", *, key: str | None = None
) -> "models.Changed":
    """Change how papers are worded from now on; no issued paper changes."""
    return cast(
        "models.Changed",
        client.request("POST", f"/v1/wordings/{quote(str(profile), safe='')}", json=body, key=key),
    )
