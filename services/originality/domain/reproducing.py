"""What parts a report from the same one made again, and what has changed since. Pure.

Start with `differences`. What only names a thing is no difference: units get other names.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import get_args

from msgspec.structs import replace

from contracts.originality import Difference, Figure, Idea, Match, Part, Report

Source = tuple[str, str, str]  # kind, register, id
Named = Match | Idea
Parts = tuple[Part, Part, Part]  # lost, found, otherwise


def differences(before: Report, now: Report) -> Iterator[Difference]:
    """Yield what of a report comes out otherwise, its figures first, then source by source."""
    for part, was, comes in zip(get_args(Figure), _figures(before), _figures(now), strict=True):
        if was != comes:
            yield Difference(what=part, before=was, now=comes)
    if before.excluded != now.excluded and len(before.excluded) == len(now.excluded):
        yield Difference(what="EXCLUDED")
    lost: Parts = "MATCH_LOST", "MATCH_FOUND", "MATCH_OTHERWISE"
    yield from _by_source(before.matches, now.matches, lost)
    lost = "IDEA_LOST", "IDEA_FOUND", "IDEA_OTHERWISE"
    yield from _by_source(before.ideas, now.ideas, lost)


def _figures(report: Report) -> tuple[str, ...]:
    """Return each `Figure` of a report, as text."""
    return (
        report.level,
        _said(report.share),
        _said(report.share_without),
        _said(report.excluded_share),
        str(report.words),
        str(len(report.excluded)),
        " ".join(report.flags),
    )


def _said(share: Decimal | None) -> str:
    return "" if share is None else str(share)


def _by_source(
    before: Iterable[Named], now: Iterable[Named], parts: Parts
) -> Iterator[Difference]:
    """Compare source by source: which is lost, which is found, which is otherwise."""
    old, new = ({_source(one): one for one in each} for each in (before, now))
    for source, one in (old | new).items():
        was, comes = old.get(source), new.get(source)
        if was is None or comes is None or _plain(was) != _plain(comes):
            yield Difference(
                what=parts[1] if was is None else parts[0] if comes is None else parts[2],
                before=_share(was),
                now=_share(comes),
                source_kind=one.source_kind,
                source_id=one.source_id,
                title=one.title,
            )


def _share(one: Named | None) -> str:
    return str(one.share) if isinstance(one, Match) else ""


def _source(one: Named) -> Source:
    return one.source_kind, getattr(one, "register", ""), one.source_id


def _plain(one: Named) -> object:
    """Return what of a source counts: where it is from is a name only, and so is its title."""
    if isinstance(one, Match):
        return replace(one, title="", place=None, applied_at=None)
    return one.rank, one.score, one.percentile


def moved(report: Report, numbers: Mapping[Source, int], newest: int) -> Iterator[Difference]:
    """Yield the sources of a report that have gone, or have another text than they had.

    `numbers` are those that texts have now; one after `newest` came in place of what was there.
    """
    for match in report.matches:
        number = numbers.get(_source(match))
        if number is None or number > newest:
            yield Difference(
                what="SOURCE_GONE" if number is None else "SOURCE_CHANGED",
                source_kind=match.source_kind,
                source_id=match.source_id,
                title=match.title,
            )
    matched = {(one.source_kind, one.source_id) for one in report.matches}
    for idea in report.ideas:
        named = idea.source_kind, idea.source_id
        found = [number for (kind, _, id_), number in numbers.items() if (kind, id_) == named]
        if named not in matched and min(found, default=newest + 1) > newest:
            yield Difference(
                what="SOURCE_CHANGED" if found else "SOURCE_GONE",
                source_kind=idea.source_kind,
                source_id=idea.source_id,
                title=idea.title,
            )


def counted(before: Report, now: Report) -> Iterator[Difference]:
    """Yield how many earlier entries and known initiatives there were, if they are fewer now."""
    then, left = before.compared, now.compared
    if then is None or left is None:
        return
    if (then.entries, then.known) != (left.entries, left.known):
        told = f"{then.entries} {then.known}", f"{left.entries} {left.known}"
        yield Difference(what="SOURCES", before=told[0], now=told[1])
