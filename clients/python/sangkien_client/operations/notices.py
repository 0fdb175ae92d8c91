"""Who was told what and when, one's own notices and wishes, and the words of notices."""

# Written by `make docs` from the OpenAPI document. Change the API, not this file.

from typing import Any, Literal, cast
from urllib.parse import quote

from .. import models
from ..transport import Client


def list_entry_notices(
    client: Client, entry_id: str, *, limit: int | None = None, cursor: str | None = None
) -> "list[models.NoticeLine]":
    """Say who was told what about an entry, when, and by which way."""
    return cast(
        "list[models.NoticeLine]",
        client.request(
            "GET",
            f"/v1/entries/{quote(str(entry_id), safe='')}/notices",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor}.items()
                if value is not None
            },
        ),
    )


def list_person_notices(
    client: Client, person_id: str, *, limit: int | None = None, cursor: str | None = None
) -> "list[models.NoticeLine]":
    """Say what somebody was told, when, and by which way."""
    return cast(
        "list[models.NoticeLine]",
        client.request(
            "GET",
            f"/v1/people/{quote(str(person_id), safe='')}/notices",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor}.items()
                if value is not None
            },
        ),
    )


def list_contest_notices(
    client: Client,
    contest_id: str,
    *,
    limit: int | None = None,
    cursor: str | None = None,
    held: bool | None = None,
) -> "list[models.NoticeLine]":
    """Say who was told what in a contest; `held`: only what waits for somebody's look."""
    return cast(
        "list[models.NoticeLine]",
        client.request(
            "GET",
            f"/v1/contests/{quote(str(contest_id), safe='')}/notices",
            params={
                name: value
                for name, value in {"limit": limit, "cursor": cursor, "held": held}.items()
                if value is not None
            },
        ),
    )


def export_notices_csv(client: Client, contest_id: str) -> "bytes":
    """Return who was told what in a contest as a table (CSV, UTF-8 with a byte order mark)."""
    return cast(
        "bytes",
        client.request("GET", f"/v1/contests/{quote(str(contest_id), safe='')}/notices.csv"),
    )


def export_notices_xlsx(client: Client, contest_id: str) -> "bytes":
    """Return who was told what in a contest as a table (XLSX)."""
    return cast(
        "bytes",
        client.request("GET", f"/v1/contests/{quote(str(contest_id), safe='')}/notices.xlsx"),
    )


def list_my_notices(client: Client) -> "models.Inbox":
    """List what the caller was told, newest first, and how much of it is unread."""
    return cast("models.Inbox", client.request("GET", "/v1/me/notices"))


def read_my_notices(client: Client, body: "models.Opened", *, key: str | None = None) -> "None":
    """Remember that the caller has opened these notices."""
    client.request("POST", "/v1/me/notices/read", json=body, key=key)


def show_my_wishes(client: Client) -> "models.NoticeWishes":
    """Show how the caller wishes to be told."""
    return cast("models.NoticeWishes", client.request("GET", "/v1/me/notices/wishes"))


def set_my_wishes(client: Client, body: "models.SetMyWishes", *, key: str | None = None) -> "None":
    """Say how the caller wishes to be told from now on."""
    client.request("PUT", "/v1/me/notices/wishes", json=body, key=key)


def unsubscribe_notice(
    client: Client, body: "models.Link", *, key: str | None = None
) -> "models.Stopped":
    """Do without a kind of notice, by the link of a letter."""
    return cast(
        "models.Stopped", client.request("POST", "/v1/notices/unsubscribe", json=body, key=key)
    )


def show_notice_words(
    client: Client,
    code: str,
    *,
    language: Literal["vi", "en"] | None = None,
    contest_id: str | None = None,
) -> "models.NoticeWords":
    """Show the words of a kind of notice as they stand."""
    return cast(
        "models.NoticeWords",
        client.request(
            "GET",
            f"/v1/notices/{quote(str(code), safe='')}/words",
            params={
                name: value
                for name, value in {"language": language, "contest_id": contest_id}.items()
                if value is not None
            },
        ),
    )


def change_notice_words(
    client: Client, code: str, body: "models.NoticesWords", *, key: str | None = None
) -> "models.WordsVersion":
    """Write a kind of notice in other words from now on; words with a mistake are refused."""
    return cast(
        "models.WordsVersion",
        client.request(
            "PUT", f"/v1/notices/{quote(str(code), safe='')}/words", json=body, key=key
        ),
    )


def preview_notice(
    client: Client, code: str, body: "models.NoticesWords", *, key: str | None = None
) -> "models.NoticePreview":
    """Write a kind of notice with sample facts, in these words or as they stand."""
    return cast(
        "models.NoticePreview",
        client.request(
            "POST", f"/v1/notices/{quote(str(code), safe='')}/preview", json=body, key=key
        ),
    )
