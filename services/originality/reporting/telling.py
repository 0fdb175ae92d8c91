"""What was found, as the report tells it: sources in order, passages with their kind and place.

Facts in, words of the contract out; nothing is looked up here. Start with `matches`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import msgspec

from contracts import originality
from services.originality import domain, store
from services.originality.domain import passages
from services.originality.engine import Compared, SharedPassage, SharedSource

FOUR_PLACES, SIX_PLACES = Decimal("0.0001"), Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Listed:
    """The entry's text and the sources its report names, by key.

    `places` are the units of earlier entries by entry id.
    """

    text: store.KeptText
    sources: Mapping[int, store.KeptText]
    places: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Alike:
    """A text whose idea may be the same, and how it was found."""

    found: store.FoundAlike
    text: store.KeptText


def entries_among(texts: Iterable[store.KeptText]) -> list[str]:
    """Return the ids of the texts that are entries."""
    return [one.source_id for one in texts if one.kind is store.Kind.ENTRY]


def ideas(found: Iterable[Alike], places: Mapping[str, str]) -> tuple[originality.Idea, ...]:
    """Return the texts whose ideas may be the same, each with what either list says of it."""
    return tuple(idea(one, places) for one in found)


def idea(alike: Alike, places: Mapping[str, str]) -> originality.Idea:
    """Return one such text; by words its rank and share, by meaning its percentile."""
    words, meaning, text = alike.found.words, alike.found.meaning, alike.text
    rarer = None if meaning is None else meaning.percentile
    is_entry = text.kind is store.Kind.ENTRY
    return originality.Idea(
        source_kind=text.kind.value,
        source_id=text.source_id,
        title=text.title,
        rank=words.rank if words else None,
        score=Decimal(words.score).quantize(FOUR_PLACES) if words else None,
        percentile=None if rarer is None else Decimal(rarer).quantize(SIX_PLACES),
        filed_at=text.filed_at,
        applied_on=text.applied_on,
        place=places.get(text.source_id) if is_entry else text.applied_at,
    )


def matches(
    listed: Listed, compared: Compared, found: domain.Comparison
) -> tuple[originality.Match, ...]:
    """Return every source that is named, the earliest first, then the one that shares most."""
    shared = [one for one in compared.sources if one.key in listed.sources]
    spans = {one.key: [(place.start, place.end) for place in one.passages] for one in shared}
    told = [match(listed, one, spans, found) for one in shared]
    return tuple(sorted(told, key=_earliest_first))


def _earliest_first(told: originality.Match) -> tuple[object, ...]:
    """Return what matches are sorted by."""
    return (*passages.earliest(told.filed_at, told.applied_on), -told.share, told.source_id)


def match(
    listed: Listed,
    shared: SharedSource,
    spans: Mapping[int, Sequence[passages.Place]],
    found: domain.Comparison,
) -> originality.Match:
    """Return what one source shares."""
    source = listed.sources[shared.key]
    other_spans: dict[str, list[passages.Place]] = {}
    for key, places in spans.items():
        if key != shared.key:
            other_spans.setdefault(listed.sources[key].source_id, []).extend(places)
    is_entry = source.kind is store.Kind.ENTRY
    return originality.Match(
        source_kind=source.kind.value,
        source_id=source.source_id,
        title=source.title,
        share=found.part(shared.matched),
        passages=tuple(passage(listed, shared, place, other_spans) for place in shared.passages),
        applied_at=source.applied_at,
        filed_at=source.filed_at,
        applied_on=source.applied_on,
        place=listed.places.get(source.source_id) if is_entry else source.applied_at,
        register=source.register,
        matched=shared.matched,
        source_words=shared.words,
        strong=shared.strong,
    )


def passage(
    listed: Listed,
    shared: SharedSource,
    place: SharedPassage,
    others: Mapping[str, Sequence[passages.Place]],
) -> originality.Passage:
    """Return one passage, with all the other sources that have words of it."""
    source = listed.sources[shared.key]
    return originality.Passage(
        start=place.start,
        end=place.end,
        source_start=place.source_start,
        source_end=place.source_end,
        text=listed.text.body[place.start : place.end],
        source_text=source.body[place.source_start : place.source_end],
        exact_share=domain.share(place.exact, place.words),
        kind=place.closeness,
        tier=place.tier,
        page=listed.text.page(place.start),
        source_page=source.page(place.source_start),
        also=passages.others((place.start, place.end), others),
    )


def share_without(compared: Compared) -> Decimal | None:
    """Return which part of all words is found elsewhere, were nothing left out."""
    if compared.matched_in_all is None:
        return None
    return domain.share(compared.matched_in_all, compared.words)


def left_out(compared: Compared, text: store.KeptText) -> tuple[originality.Excluded, ...]:
    """Return what was left out, and why, in the order of the text."""
    named = [msgspec.to_builtins(one) for one in compared.left_out]
    named += [{"start": start, "end": end, "reason": why} for start, end, why in text.masked]
    told = msgspec.convert(named, tuple[originality.Excluded, ...])
    return tuple(sorted(told, key=lambda one: (one.start, one.end)))
