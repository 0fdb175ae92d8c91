"""An entrant's own check: how often, and what of a report they are told. Start with `own`."""

from contracts.originality import Match, OwnCheck, OwnPassage, OwnSource, Report
from kernel.errors import Refused


class OwnChecksClosed(Refused):
    """The rules of this contest allow no checks before handing in."""


class OwnChecksUsedUp(Refused):
    """You have made all checks of today; there are more tomorrow."""


class TextMissing(Refused):
    """Send a text, or a file with one."""


class TextTooLong(Refused):
    """This text is too long to be checked here."""


def left(allowed: int, used: int) -> int:
    """Return how many checks are left after one more. Raises where there is none."""
    if allowed <= 0:
        raise OwnChecksClosed
    if used >= allowed:
        raise OwnChecksUsedUp(
            "You have made all {allowed} checks of today; there are more tomorrow.",
            allowed=allowed,
        )
    return allowed - used - 1


def own(report: Report, checks_left: int) -> OwnCheck:
    """Return what an entrant is told: their own words and shares, and public sources by name.

    Built from nothing but what may be told, so that a new field of a report cannot leak.
    """
    places = {match.source_id: place for place, match in enumerate(report.matches)}
    return OwnCheck(
        words=report.words,
        share=report.share,
        excluded_share=report.excluded_share,
        sources=tuple(source(match) for match in report.matches),
        passages=tuple(
            OwnPassage(
                start=passage.start,
                end=passage.end,
                text=passage.text,
                sources=tuple(sorted({place, *(places[name] for name in passage.also)})),
                kind=passage.kind,
                tier=passage.tier,
            )
            for place, match in enumerate(report.matches)
            for passage in match.passages
        ),
        left=checks_left,
        share_without=report.share_without,
        excluded=report.excluded,
        flags=report.flags,
    )


def source(match: Match) -> OwnSource:
    """Return a source: a known initiative with title and place, another entry without."""
    if match.source_kind != "KNOWN_INITIATIVE":
        return OwnSource(source_kind=match.source_kind, share=match.share)
    return OwnSource(
        source_kind=match.source_kind,
        share=match.share,
        title=match.title,
        place=match.place,
        applied_on=match.applied_on,
    )
