"""What somebody has typed into an entry: read off a form, and put back into one.

Pure. Rows of authors and indexes are numbered from 0, as in `author.0.full_name`.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, cast
from unicodedata import combining, normalize

from msgspec import Struct

from contracts import intake
from kernel.errors import Refused
from services.gateway import words
from services.gateway.api.drafts import Improves, improvement

ROWS = 30  # of authors or indexes a form may have
AUTHOR = ("full_name", "email", "phone", "position", "share", "person_id", "unit_id")
INDEX = ("index", "component", "baseline", "target", "year", "evidence", "document_id")
FIRM = ("name", "tax_code", "representative")
# Which field a refusal is about, where it does not say so itself.
FIELD_OF = {
    "BadTaxCode": "enterprise.tax_code",
    "UnknownUnit": "unit_id",
    "NoUnitHere": "unit_id",
    "UnknownArea": "area",
    "UnknownGroup": "group",
    "KindNotAllowed": "kind",
    "OneAuthorOnly": "kind",
    "TooManyAuthors": "authors",
    "AuthorTwice": "authors",
    "SharesDoNotSum": "shares",
    "ShareOutOfRange": "shares",
    "BadShare": "shares",
    "UnknownPerson": "authors",
    "UnknownIndex": "improves",
    "UnknownComponent": "improves",
    "NotANumber": "improves",
    "NotAFigure": "improves",
    "BadYear": "improves",
}


class BadShare(Refused):
    """Write shares in percent, e.g. 60 or 33,5."""


class BadYear(Refused):
    """Write a year with four digits."""


class Contents(Struct, frozen=True, kw_only=True):
    """What a form says of an entry."""

    kind: intake.EntrantKind
    group: str
    title: str
    summary: str
    area: str
    authors: tuple[intake.Author, ...]
    unit_id: str | None
    enterprise: intake.Enterprise | None
    improves: tuple[intake.Improvement, ...]


def read(fields: Mapping[str, str]) -> Contents:
    """Read a form. Raises `BadShare`, `BadYear`, `NotANumber`."""
    firm = {name: fields.get(f"enterprise.{name}", "") for name in FIRM}
    return Contents(
        kind="COLLECTIVE" if fields.get("kind") == "COLLECTIVE" else "INDIVIDUAL",
        group=fields.get("group", ""),
        title=fields.get("title", ""),
        summary=fields.get("summary", ""),
        area=fields.get("area", ""),
        authors=authors(fields),
        unit_id=fields.get("unit_id") or None,
        enterprise=intake.Enterprise(**firm) if any(firm.values()) else None,
        improves=tuple(index_of(row) for row in rows(fields, "index", INDEX) if row["index"]),
    )


def authors(fields: Mapping[str, str]) -> tuple[intake.Author, ...]:
    """Read the authors; one alone has all of it, one whose row is emptied is none.

    Raises `BadShare`.
    """
    seen = ("full_name", "email", "phone", "position")
    typed = [row for row in rows(fields, "author", AUTHOR) if any(row[name] for name in seen)]
    return tuple(
        intake.Author(
            full_name=row["full_name"],
            email=row["email"] or None,
            phone=row["phone"] or None,
            position=row["position"] or None,
            unit_id=row["unit_id"] or None,
            person_id=row["person_id"] or None,
            share=Decimal(100) if len(typed) == 1 else share(row["share"]),
        )
        for row in typed
    )


def share(text: str) -> Decimal:
    """Read a share in percent; nothing typed is none of it. Raises `BadShare`."""
    try:
        return words.figure(text.removesuffix("%")) if text else Decimal(0)
    except ValueError as problem:
        raise BadShare from problem


def index_of(row: Mapping[str, str]) -> intake.Improvement:
    """Read a row of an index. Raises `BadYear`, `NotANumber`."""
    year = row["year"]
    if year and not (year.isascii() and year.isdecimal() and len(year) == 4):
        raise BadYear
    texts: dict[str, Any] = {name: row[name] or None for name in INDEX if name != "evidence"}
    typed = texts | {"evidence": row["evidence"], "year": int(year) if year else None}
    return improvement(Improves(**typed))


def rows(fields: Mapping[str, str], name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the numbered rows of a form in which anything was typed."""
    every = [
        {column: fields.get(f"{name}.{place}.{column}", "") for column in columns}
        for place in range(ROWS)
    ]
    return [row for row in every if any(row.values())]


def written(entry: intake.EntryView) -> dict[str, str]:
    """Return the fields of a form that says what an entry says."""
    fields = {name: getattr(entry, name) or "" for name in ("kind", "group", "title", "summary")}
    fields |= {"area": entry.area, "unit_id": entry.unit_id or ""}
    firm = entry.enterprise or intake.Enterprise()
    fields |= {f"enterprise.{name}": getattr(firm, name) for name in FIRM}
    for place, author in enumerate(entry.authors):
        fields |= {f"author.{place}.{name}": text(getattr(author, name)) for name in AUTHOR}
    for place, index in enumerate(entry.improves):
        fields |= {f"index.{place}.{name}": text(getattr(index, name)) for name in INDEX}
    return cast("dict[str, str]", fields)


def text(value: object) -> str:
    """Write a value as it is typed."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", ",")
    return str(value)


def alphabetical(name: str) -> tuple[str, str]:
    """Return what names are listed by: their letters, then their accents; `Đ` is beside `D`."""
    apart = normalize("NFD", name.casefold()).replace("đ", "d")
    return "".join(sign for sign in apart if not combining(sign)), name


def faulty(refusal: Refused) -> frozenset[str]:
    """Return the fields that a refusal is about."""
    named = str(refusal.params.get("fields", "")).split(", ")
    return frozenset({*named, FIELD_OF.get(refusal.code, "")} - {""})
