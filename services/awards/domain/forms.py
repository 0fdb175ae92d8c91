"""The forms of papers: one document of any kind, from sentences that are data and from facts.

A form is part of a legal profile (`templates/<profile>/wording.json`, `documents`). Its sentences
have slots in braces; start with `fill`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from string import Formatter

from kernel.errors import Refused
from services.awards.domain.paper import Annex, Document, Head, Passage, Signature


class FactMissing(Refused):
    """A sentence of the form has a slot that nothing was said for."""


class TableUneven(Refused):
    """A row of the list has not as many cells as the form has columns."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A law that papers of the profile rest on, and where we know it from."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Office:
    """A body that the rules do not list among the authorities: its name and who signs for it."""

    name: str
    signer_title: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A paragraph of a form. With `each`, it is said for every item of that list (slot `item`)."""

    text: str
    label: str = ""
    each: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """A place to sign under a form, for others than the issuing body; slots may stand in both."""

    title: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """The list that goes with a paper: heads of columns, widths in millimetres (163 in all).

    With `of_prizes` its rows can be those of the prize list.
    """

    title: str
    subject: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    goes_with: str = ""
    centred: tuple[int, ...] = (0,)
    of_prizes: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """How one kind of paper is worded. `symbol` is its abbreviation by Phụ lục III of the decree.

    `cites` says whether laws and the contest's own bases are cited. Without `signed` the issuing
    body signs. `source` is where the wording comes from. `exhibits` are tables with charts at
    its end, by what they show. A form with `own_step` is issued by a step of its own, such as
    a revocation, and in no other way. Papers of an `open` form are for everybody to read.
    """

    type_name: str
    symbol: str
    subject: str
    recipients: tuple[str, ...]
    power: str = ""
    addressees: tuple[str, ...] = ()
    cites: bool = False
    proposed_by: str = ""
    order: str = ""
    articles: tuple[str, ...] = ()
    body: tuple[Phrase, ...] = ()
    signed: tuple[Signed, ...] = ()
    listing: Listing | None = None
    placed: bool = True
    source: str = "default"
    exhibits: Mapping[str, Listing] = field(default_factory=dict)
    own_step: bool = False
    open: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What a paper is about: texts and lists of texts by slot, and the rows of its list."""

    texts: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    rows: tuple[tuple[str, ...], ...] = ()


def fill(
    form: Form, head: Head, signature: Signature, bases: tuple[str, ...], facts: Facts
) -> Document:
    """Write a paper. Raises `FactMissing` naming the slot, or `TableUneven`."""

    def said(sentence: str) -> str:
        return filled(sentence, facts.texts)

    return Document(
        head=head if form.placed else Head(head.parent, head.issuer, head.number, ""),
        type_name=form.type_name,
        subject=said(form.subject),
        signatures=tuple(
            Signature(tuple(said(each.title).split("\n")), said(each.name) or None)
            for each in form.signed
        )
        or (signature,),
        recipients=tuple(map(said, form.recipients)),
        power=said(form.power).upper(),
        addressees=tuple(map(said, form.addressees)),
        bases=bases if form.cites else (),
        proposed_by=said(form.proposed_by),
        order=form.order,
        articles=tuple(map(said, form.articles)),
        body=tuple(passages(form.body, facts)),
        annex=annexed(form.listing, facts) if form.listing and facts.rows else None,
    )


def passages(phrases: tuple[Phrase, ...], facts: Facts) -> Iterator[Passage]:
    """Yield the paragraphs; of a list, one an item."""
    for phrase in phrases:
        if not phrase.each:
            yield Passage(filled(phrase.text, facts.texts), filled(phrase.label, facts.texts))
            continue
        if phrase.each not in facts.lists:
            raise missing(phrase.each)
        for place, item in enumerate(facts.lists[phrase.each], start=1):
            known = {**facts.texts, "item": item, "place": str(place)}
            yield Passage(filled(phrase.text, known), filled(phrase.label, known))


def annexed(listing: Listing, facts: Facts) -> Annex:
    """Write the list; raises `TableUneven`."""
    for place, row in enumerate(facts.rows, start=1):
        if len(row) != len(listing.columns):
            raise TableUneven(
                "Row {row} of the list has {cells} cells; the form has {columns} columns.",
                row=place,
                cells=len(row),
                columns=len(listing.columns),
            )
    return Annex(
        title=listing.title,
        subject=filled(listing.subject, facts.texts),
        goes_with=filled(listing.goes_with, facts.texts),
        columns=listing.columns,
        widths=listing.widths,
        rows=facts.rows,
        centred=listing.centred,
    )


def filled(sentence: str, known: Mapping[str, str]) -> str:
    """Fill the slots of a sentence, plain names in braces; raises `FactMissing`."""
    parts = []
    for literal, slot, _, _ in Formatter().parse(sentence):
        parts.append(literal)
        if slot is not None:
            if slot not in known:
                raise missing(slot)
            parts.append(known[slot])
    return "".join(parts)


def slots(part: object) -> tuple[str, ...]:
    """Return the slots of every sentence of a part of a form, in the order of speaking."""
    found: list[str] = []
    for sentence in sentences(part):
        found += [slot for _, slot, _, _ in Formatter().parse(sentence) if slot]
    return tuple(dict.fromkeys(found))


def sentences(part: object) -> Iterator[str]:
    """Yield every sentence of a part of a form."""
    match part:
        case str():
            yield part
        case list() | tuple():
            for each in part:
                yield from sentences(each)
        case Mapping():
            yield from sentences(tuple(part.values()))
        case _ if is_dataclass(part):
            yield from sentences(tuple(getattr(part, each.name) for each in fields(part)))


def missing(slot: str) -> FactMissing:
    """Say which slot nothing was said for."""
    return FactMissing("The paper speaks of {slot}, and nothing was said for it.", slot=slot)
