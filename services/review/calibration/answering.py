"""What the child process answers: `estimate` severities alone, or `calibrate` ranks too."""

from decimal import Decimal

import msgspec
import numpy as np

from services.review.calibration.asking import Asked, Calibrated, Estimated, Severity, Sure
from services.review.calibration.fitting import Fit, Sheets, fit
from services.review.calibration.intervals import Draws
from services.review.calibration.sufficing import refusal


def estimate(body: bytes) -> bytes:
    """Return the severities of a round's judges (`Asked` in, `Estimated` out)."""
    asked = msgspec.msgpack.decode(body, type=Asked)
    return msgspec.msgpack.encode(estimated(asked))


def calibrate(body: bytes) -> bytes:
    """Return severities and how sure each rank is (`Asked` in, `Calibrated` out)."""
    asked = msgspec.msgpack.decode(body, type=Asked)
    return msgspec.msgpack.encode(calibrated(asked))


def estimated(asked: Asked) -> Estimated:
    """Estimate severities, or say why not."""
    if (why := refusal(asked)) is not None:
        return Estimated(refusal=why)
    sheets = Sheets.of(asked)
    return Estimated(severities=severities(asked, sheets, fit(sheets, asked, sheets.pairs())))


def calibrated(asked: Asked) -> Calibrated:
    """Estimate severities, and draw the ranks that the sheets leave open, or say why not."""
    if (why := refusal(asked)) is not None:
        return Calibrated(refusal=why)
    sheets = Sheets.of(asked)
    pairs = sheets.pairs()
    found = fit(sheets, asked, pairs)
    draws = Draws.of(sheets, found, pairs, asked.seed)
    low, high = draws.interval(float(asked.rule.confidence))
    order = np.argsort(-found.qualities, kind="stable")
    above, goes_on = draws.above_next(order), draws.within(asked.room)
    return Calibrated(
        severities=severities(asked, sheets, found),
        lines=tuple(
            Sure(
                entry_id=asked.entries[entry],
                quality=float(found.qualities[entry]),
                low=int(low[entry]),
                high=int(high[entry]),
                above_next=float(above[place]),
                goes_on=float(goes_on[entry]),
            )
            for place, entry in enumerate(order)
        ),
        noise=found.noise**0.5,
        spread=max(found.between - found.noise * found.uncertainty, 0.0) ** 0.5,
        draws=len(draws.ranks),
    )


def severities(asked: Asked, sheets: Sheets, found: Fit) -> tuple[Severity, ...]:
    """Round severities to the places of the rules, once; from there on they are exact."""
    unit = Decimal(1).scaleb(-asked.rule.places)
    return tuple(
        Severity(
            judge_id=judge_id,
            sheets=int(sheets.per_judge[at]),
            points=Decimal(repr(float(found.severities[at]))).quantize(unit) + 0,
            error=float(found.errors[at]),
        )
        for at, judge_id in enumerate(asked.judges)
    )
