"""What an entry says of itself, and what must be in it before it can be handed in.

Start with `Contents`. A draft may have gaps, named by `gaps`; what cannot be right, such as an
unknown code, is refused at once by `check_known`.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal

from contracts.rules import Entrants, Rules
from kernel.errors import Refused
from services.intake.domain import eligibility
from services.intake.domain.eligibility import WHOLE, Author

# The form of a tax code (mã số thuế): an enterprise's, or a branch's with three digits more.
TAX_CODE = re.compile(r"\d{10}(-\d{3})?", re.ASCII)


# In characters; a page of text has about 3,000.
MOST = {"title": 500, "summary": 10_000}


class BadTaxCode(Refused):
    """A tax code has 10 digits, or 10 digits, a hyphen and 3 digits."""


class UnknownIndex(Refused):
    """The contest names no such index."""


class UnknownComponent(Refused):
    """The index has no such component."""


class NotAFigure(Refused):
    """The baseline and the target of an index are numbers."""


class Unfinished(Refused):
    """The entry cannot be handed in before everything needed is filled in."""


class TextTooLong(Refused):
    """A text is longer than is taken; shorten it."""


class NoUnitHere(Refused):
    """Only entries of a unit's staff name a unit."""


@dataclass(frozen=True, slots=True)
class Enterprise:
    """The enterprise an entry comes from."""

    name: str = ""
    tax_code: str = ""
    representative: str = ""


@dataclass(frozen=True, slots=True)
class Improvement:
    """An index the entry improves, from a baseline to a target, with the evidence for it."""

    index: str
    component: str | None = None
    baseline: Decimal | None = None
    target: Decimal | None = None
    year: int | None = None
    evidence: str = ""
    document_id: str | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything typed into an entry; blank or None where nothing is yet."""

    kind: str
    group: str
    title: str
    summary: str
    area: str
    authors: tuple[Author, ...]
    unit_id: str | None = None
    enterprise: Enterprise | None = None
    improves: tuple[Improvement, ...] = ()


FIELDS = tuple(field.name for field in fields(Contents))


def entrant_of(entrants: Entrants, group: str) -> str | None:
    """Return whether a group is of STAFF, CITIZEN or ENTERPRISE; None if it is not known."""
    return next((one.entrant for one in entrants.groups if one.code == group), None)


def counted_for(contents: Contents, entrants: Entrants) -> Contents:
    """Name the unit that all authors share, where staff enters and no unit is named."""
    if entrant_of(entrants, contents.group) != "STAFF":
        return contents
    unit_id = eligibility.common_unit(contents.unit_id, contents.authors)
    return replace(contents, unit_id=unit_id)


def units_of(contents: Contents) -> frozenset[str]:
    """Return the ids of the units that it names."""
    named = (contents.unit_id, *(author.unit_id for author in contents.authors))
    return frozenset(unit_id for unit_id in named if unit_id is not None)


def check_known(
    contents: Contents, rules: Rules, units: Collection[str], parts: Mapping[str, Collection[str]]
) -> None:
    """Raise for what no later typing makes right: unknown codes, wrong forms, too many authors.

    `parts` are the component codes by index, `units` the ids of the units that take part.
    """
    check_lengths(contents)
    eligibility.check_contents(rules, contents.kind, contents.group, contents.area)
    eligibility.check_units(units_of(contents), units)
    eligibility.check_draft_authors(rules.entrants, contents.authors)
    tax_code = contents.enterprise.tax_code if contents.enterprise else ""
    if tax_code and not TAX_CODE.fullmatch(tax_code):
        raise BadTaxCode
    for improvement in contents.improves:
        check_improvement(improvement, rules.indexes, parts)


def check_lengths(contents: Contents) -> None:
    """Raise `TextTooLong` for the first text that nobody would read to its end."""
    for name, most in MOST.items():
        count = len(getattr(contents, name))
        if count > most:
            raise TextTooLong(
                "{fields} has {count} characters; at most {most} are taken, so shorten it.",
                fields=name,
                count=count,
                most=most,
            )


def check_improvement(
    improvement: Improvement, indexes: Collection[str], parts: Mapping[str, Collection[str]]
) -> None:
    """Raise unless the rules name the index, the catalogue its component, and figures count."""
    index, component = improvement.index, improvement.component
    if index not in indexes:
        raise UnknownIndex("This contest names no index {index}.", index=index)
    if component is not None and component not in parts.get(index, ()):
        raise UnknownComponent(
            "{index} has no component {component}.", index=index, component=component
        )
    figures = (improvement.baseline, improvement.target)
    if not all(figure is None or figure.is_finite() for figure in figures):
        raise NotAFigure


def check_finished(contents: Contents, rules: Rules) -> None:
    """Raise unless the entry can be handed in. All that is missing is named at once."""
    if missing := gaps(contents, rules):
        raise Unfinished(
            "The entry cannot be handed in before these are filled in: {fields}.",
            fields=", ".join(missing),
        )
    # An amendment may have dropped what was known when it was typed.
    eligibility.check_contents(rules, contents.kind, contents.group, contents.area)
    eligibility.check_authors(rules.entrants, contents.kind, contents.authors)
    if contents.unit_id is not None and entrant_of(rules.entrants, contents.group) != "STAFF":
        raise NoUnitHere


def gaps(contents: Contents, rules: Rules) -> tuple[str, ...]:
    """Return the names of everything that is still missing, in the order of the form."""
    return tuple(_gaps(contents, rules.entrants))


def _gaps(contents: Contents, entrants: Entrants) -> Iterator[str]:
    yield from (
        name for name in ("title", "summary", "area", "group") if not getattr(contents, name)
    )
    entrant = entrant_of(entrants, contents.group)
    if entrant == "STAFF" and contents.unit_id is None:
        yield "unit_id"
    if entrant == "ENTERPRISE":
        enterprise = contents.enterprise or Enterprise()
        parts = ("name", "tax_code", "representative")
        yield from (f"enterprise.{name}" for name in parts if not getattr(enterprise, name))
    if not contents.authors or not all(author.full_name for author in contents.authors):
        yield "authors"
    total = sum((author.share for author in contents.authors), Decimal(0))
    if contents.authors and entrants.shares_required and total != WHOLE:
        yield "shares"
