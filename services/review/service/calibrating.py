"""How a round is calibrated: its sheets go to a child process, severities and ranks come back."""

from collections.abc import Mapping
from decimal import Decimal
from hashlib import sha256

import msgspec

from contracts import review
from kernel.crunch import Crunch
from services.review.calibration.asking import Asked, Calibrated, Estimated, Refusal
from services.review.domain.panel import Panel
from services.review.domain.ranking import Line
from services.review.store import RoundInPlay

THREE = Decimal("0.001")


def severities_counting(
    crunch: Crunch, played: RoundInPlay, panels: Mapping[str, Panel]
) -> dict[str, Decimal]:
    """Estimate what is taken off totals, by judge; nothing unless rules and sheets allow it."""
    if not played.rules.calibration.counts:
        return {}
    asked = question(played, panels)
    answer = crunch.call("estimate", msgspec.msgpack.encode(asked))
    found = msgspec.msgpack.decode(answer, type=Estimated)
    return {one.judge_id: one.points for one in found.severities}


def calibrated(
    crunch: Crunch, played: RoundInPlay, panels: Mapping[str, Panel], room: int
) -> Calibrated:
    """Estimate severities and how sure each rank is."""
    asked = question(played, panels, room)
    answer = crunch.call("calibrate", msgspec.msgpack.encode(asked))
    return msgspec.msgpack.decode(answer, type=Calibrated)


def question(played: RoundInPlay, panels: Mapping[str, Panel], room: int = 0) -> Asked:
    """Write the totals of a round's sheets down as the child process reads them."""
    entries = tuple(sorted(panels))
    judges = tuple(sorted({judge for panel in panels.values() for judge in panel.judge_ids}))
    place = {judge: at for at, judge in enumerate(judges)}
    rows = [
        (at, place[judge], float(total))
        for at, entry_id in enumerate(entries)
        for judge, total in sorted(panels[entry_id].totals().items())
    ]
    return Asked(
        entries=entries,
        judges=judges,
        entry=tuple(entry for entry, _, _ in rows),
        judge=tuple(judge for _, judge, _ in rows),
        total=tuple(total for _, _, total in rows),
        rule=played.rules.calibration,
        seed=seed(played),
        room=room,
    )


def seed(played: RoundInPlay) -> int:
    """Return the number that a round's draws begin with, always the same."""
    name = f"{played.contest_id}\n{played.round_id}".encode()
    return int.from_bytes(sha256(name).digest()[:4])


def in_words(
    played: RoundInPlay,
    found: Calibrated,
    raw: tuple[Line, ...],
    corrected: tuple[Line, ...],
) -> review.Calibration:
    """Say a calibration in the words of the contract; `raw` is the table of marks as given."""
    confidence = played.rules.calibration.confidence
    told = review.Calibration(
        round_id=played.round_id,
        counts=bool(played.severities),
        confidence=confidence,
    )
    codes = {line.entry_id: line.code for line in played.table}
    if found.refusal is not None:
        return msgspec.structs.replace(told, refusal=refused(found.refusal, codes))
    return msgspec.structs.replace(
        told,
        severities=tuple(
            review.JudgeSeverity(
                judge_id=one.judge_id,
                sheets=one.sheets,
                points=one.points,
                error=thousandths(one.error),
            )
            for one in found.severities
        ),
        noise=thousandths(found.noise),
        spread=thousandths(found.spread),
        seed=seed(played),
        draws=found.draws,
        lines=lines(played, found, raw, corrected),
    )


def lines(
    played: RoundInPlay,
    found: Calibrated,
    raw: tuple[Line, ...],
    corrected: tuple[Line, ...],
) -> tuple[review.CalibratedLine, ...]:
    """Put the corrected ranking beside the marks as given."""
    sure = {one.entry_id: one for one in found.lines}
    given = {line.entry_id: line for line in raw}
    codes = {line.entry_id: line.code for line in played.table}
    enough = float(played.rules.calibration.confidence)
    return tuple(
        review.CalibratedLine(
            entry_id=line.entry_id,
            code=codes[line.entry_id],
            raw_score=given[line.entry_id].score,
            raw_rank=given[line.entry_id].rank,
            score=line.score,
            rank=line.rank,
            low=sure[line.entry_id].low,
            high=sure[line.entry_id].high,
            above_next=thousandths(sure[line.entry_id].above_next),
            tied_in_noise=sure[line.entry_id].above_next < enough,
            goes_on=thousandths(sure[line.entry_id].goes_on),
        )
        for line in corrected
    )


def refused(found: Refusal, codes: Mapping[str, str]) -> review.CalibrationRefusal:
    """Say a refusal in the words of the contract."""
    return review.CalibrationRefusal(
        reason=found.reason,
        judge_ids=found.judges,
        codes=tuple(codes[entry_id] for entry_id in found.entries),
        groups=found.groups,
    )


def thousandths(value: float) -> Decimal:
    """Write an estimate with three places; more would pretend."""
    return Decimal(repr(value)).quantize(THREE)
