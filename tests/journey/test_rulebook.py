"""Rules from the command line: opened, amended in words, and tried on the contest just played."""

import json
import re
from pathlib import Path

import pytest

from demo.acts import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.stack]

RULES = ROOT / "contests/hau-giang-2022.yaml"
NEXT = ROOT / "contests/hau-giang-2024.yaml"


def changed(tmp_path: Path, source: Path, *pairs: tuple[str, str]) -> Path:
    text = source.read_text()
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "moi.yaml"
    path.write_text(text)
    return path


def test_the_rules_of_the_contest_replayed_give_its_published_result(stage, organiser, sangkien):
    yaml = {"Content-Type": "application/yaml"}
    path = f"{stage.contest}/simulations"

    simulated = organiser.request("POST", path, content=RULES.read_text(), headers=yaml)

    placed = {one["entry_id"]: one for one in simulated["entries"] if one["then"]}
    assert {one["entry_id"]: one["prize"] for one in stage.prizes} == {
        entry_id: one["then"]["prize"] for entry_id, one in placed.items()
    }
    assert all(one["then"] == one["now"] for one in placed.values())
    assert sangkien("contest", "simulate", RULES, "--with", stage.cast.contest).returncode == 0


def test_a_higher_bar_shows_who_falls_out_and_why(stage, sangkien, tmp_path):
    higher = changed(tmp_path, RULES, ('advance: {min_score: "70"', 'advance: {min_score: "80"'))

    done = sangkien("contest", "simulate", higher, "--with", stage.cast.contest)

    assert done.returncode == 0, done.stderr
    out = [line for line in done.stdout.splitlines() if "Không vượt qua vòng SO_KHAO" in line]
    assert out
    assert all("→ -" in line for line in out)


def test_a_contest_is_opened_and_amended_in_words(organiser, sangkien, tmp_path):
    opened = sangkien("contest", "open", NEXT)
    later = changed(tmp_path, NEXT, ("closes: 2024-08-16T", "closes: 2024-08-21T"))
    amended = sangkien(
        "contest", "amend", "HG-CCHC-2024", later, "--reason", "Gia hạn do bão", "--yes"
    )

    assert re.fullmatch(r"HG-CCHC-2024 0 [0-9a-f]{64}\n", opened.stdout), opened.stderr
    told = "Thời gian nhận hồ sơ: hạn nhận: 24:00 15/08/2024 → 24:00 20/08/2024."
    first, last = amended.stdout.splitlines()
    assert first == told
    assert last.startswith("HG-CCHC-2024 1 ")
    listed = organiser.get("/v1/contests/HG-CCHC-2024/amendments")
    assert [(one["number"], one.get("reason"), one["changes"]) for one in listed] == [
        (0, None, []),
        (1, "Gia hạn do bão", [told]),
    ]


def test_what_the_platform_refuses_is_told_in_its_words(sangkien):
    done = sangkien("contest", "amend", "HG-CCHC-2022", RULES, "--reason", "Như cũ", "--yes")

    assert done.returncode == 1
    assert "Không thực hiện được" in done.stderr


def test_the_schema_is_served(organiser):
    served = organiser.get("/v1/contests/schema")

    assert served == json.loads((ROOT / "docs/reference/rules.schema.json").read_text())
