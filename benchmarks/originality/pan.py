"""Plagdet on PAN-13's training corpus, by the same command that scores any other corpus.

Parameters were fitted on every fourth pair; `fitted` and `others` say whether that shows.
"""

import tempfile
import time
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from benchmarks import data
from benchmarks.originality.plagdet import Passage, read, score
from services.originality.engine import warm
from services.originality.operate import group

KINDS = {"01": "clean", "02": "verbatim", "03": "random", "04": "translated", "05": "summary"}
FITTED = 4  # every so many-th pair


def measure() -> dict[str, Any]:
    """Align all pairs and score them; `ms_per_pair` includes reading and writing files."""
    corpus = data.unpacked(data.PAN13) / "train_corpus"
    warm.warm()
    with tempfile.TemporaryDirectory() as folder:
        began = time.process_time()
        done = CliRunner().invoke(group, ["pairs", str(corpus), "--to", folder])
        took = time.process_time() - began
        if done.exit_code:
            raise RuntimeError(done.output)
        found = [
            pair
            for listed in sorted(corpus.glob("*/pairs"))
            for pair in _scored(listed, Path(folder))
        ]
    measured: dict[str, Any] = {"pairs": len(found), "ms_per_pair": took / len(found) * 1000}
    for kind, name in KINDS.items():
        if name != "clean":
            measured[name] = _plagdet([pair for pair in found if pair[0] == kind])
    measured["false_in_clean_pairs"] = sum(len(pair[3]) for pair in found if pair[0] == "01")
    measured["clean_pairs"] = sum(pair[0] == "01" for pair in found)
    measured["fitted"] = _plagdet([pair for pair in found if pair[1] % FITTED == 0])
    measured["others"] = _plagdet([pair for pair in found if pair[1] % FITTED])
    measured["overall"] = score(*_joined(found))._asdict()
    return measured


Pair = tuple[str, int, list[Passage], list[Passage]]


def _scored(listed: Path, detections: Path) -> list[Pair]:
    """Return of each pair its kind, number, truth and detections."""
    pairs: list[Pair] = []
    for number, line in enumerate(listed.read_text().splitlines()):
        suspicious, source = (Path(name).stem for name in line.split())
        name = f"{suspicious}-{source}.xml"
        truth = read((listed.parent / name).read_text())
        said = read((detections / listed.parent.name / name).read_text())
        pairs.append((listed.parent.name[:2], number, truth, said))
    return pairs


def _joined(pairs: list[Pair]) -> tuple[list[Passage], list[Passage]]:
    """Return all cases and all detections of these pairs."""
    return [case for pair in pairs for case in pair[2]], [
        said for pair in pairs for said in pair[3]
    ]


def _plagdet(pairs: list[Pair]) -> float:
    """Return the plagdet of these pairs alone."""
    return score(*_joined(pairs)).plagdet
