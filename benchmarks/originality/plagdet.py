"""How well detections of copied passages fit the truth, by the measures of PAN.

After Potthast, Stein, Barrón-Cedeño and Rosso, "An evaluation framework for plagiarism detection"
(COLING 2010): precision and recall are averaged over detections and cases, whatever their length;
granularity is into how many pieces a found case falls; plagdet = F1 / log2(1 + granularity).
Start with `score`.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import log2
from typing import NamedTuple
from xml.etree import ElementTree as ET


class Passage(NamedTuple):
    """A passage in a suspicious text and in its source, as offsets and lengths in characters."""

    text: str
    offset: int
    length: int
    source: str
    source_offset: int
    source_length: int


class Score(NamedTuple):
    """The four measures; all but granularity 0..1."""

    plagdet: float
    recall: float
    precision: float
    granularity: float


def score(cases: Iterable[Passage], detections: Iterable[Passage]) -> Score:
    """Measure detections against the cases there are; a pair with neither is perfect."""
    truth, said = set(cases), set(detections)
    if not truth and not said:
        return Score(1.0, 1.0, 1.0, 1.0)
    cases_of, said_of = _by_text(truth), _by_text(said)
    recall = _mean([found(case, said_of[case.text]) for case in truth])
    precision = _mean([found(claim, cases_of[claim.text]) for claim in said])
    pieces = [sum(meets(case, claim) for claim in said_of[case.text]) for case in truth]
    granularity = _mean([count for count in pieces if count]) or 1.0
    if not recall + precision:
        return Score(0.0, 0.0, 0.0, granularity)
    f1 = 2 * recall * precision / (recall + precision)
    return Score(f1 / log2(1 + granularity), recall, precision, granularity)


def meets(one: Passage, other: Passage) -> bool:
    """Say whether two passages share a character of the text and one of the source."""
    return (
        (one.text, one.source) == (other.text, other.source)
        and one.offset < other.offset + other.length
        and other.offset < one.offset + one.length
        and one.source_offset < other.source_offset + other.source_length
        and other.source_offset < one.source_offset + one.source_length
    )


def found(one: Passage, others: Sequence[Passage]) -> float:
    """Return how much of a passage's characters, of both sides, the others that meet it have."""
    those = [other for other in others if meets(one, other)]
    here = _within(one.offset, one.length, [(other.offset, other.length) for other in those])
    there = _within(
        one.source_offset,
        one.source_length,
        [(other.source_offset, other.source_length) for other in those],
    )
    return (here + there) / (one.length + one.source_length)


def read(xml: str) -> list[Passage]:
    """Return the passages that a file of annotations or detections names."""
    root = ET.fromstring(xml)  # noqa: S314  # a corpus, not a stranger's file
    return [
        Passage(
            text=root.attrib["reference"],
            offset=int(feature.attrib["this_offset"]),
            length=int(feature.attrib["this_length"]),
            source=feature.attrib["source_reference"],
            source_offset=int(feature.attrib["source_offset"]),
            source_length=int(feature.attrib["source_length"]),
        )
        for feature in root.iter("feature")
        if "source_reference" in feature.attrib
    ]


def _by_text(passages: Iterable[Passage]) -> dict[str, list[Passage]]:
    """Sort passages by their suspicious text."""
    sorted_out: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        sorted_out[passage.text].append(passage)
    return sorted_out


def _within(offset: int, length: int, ranges: Iterable[tuple[int, int]]) -> int:
    """Return how many characters of a range the others cover, each counted once."""
    total, reached, end = 0, offset, offset + length
    for first, size in sorted(ranges):
        begins, ends = max(first, reached), min(first + size, end)
        total += max(0, ends - begins)
        reached = max(reached, ends)
    return total


def _mean(values: Sequence[float]) -> float:
    """Return the mean, 0 of nothing."""
    return sum(values) / len(values) if values else 0.0
