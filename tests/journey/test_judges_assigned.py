"""The page on who judges what before a round opens: a trial, and why it can be impossible."""

import re
import subprocess
import sys
from itertools import combinations

import pytest

from tests.journey import jury as at
from tests.journey.test_judges_forms import browse_as

pytestmark = [pytest.mark.slow, pytest.mark.stack]

PAGE = f"/toi/phan-cong/{at.CONTEST}/{at.ROUND}"


def test_a_trial_says_why_it_is_impossible_with_a_proof_that_can_be_checked(seated, tmp_path):
    with browse_as(seated, "to-chuc") as client:
        possible = client.get(PAGE)
        pairs = [
            {"judge": seated.id_of(one), "other": seated.id_of(other), "reason": "Cùng hộ"}
            for one, other in combinations(at.UNITS, 2)
        ]
        form = {"form": re.search(r'name="form" value="([^"]*)"', possible.text)[1]}
        for number, pair in enumerate(pairs):
            said = form | pair | {"step": "apart", "key": f"apart-{number}"}
            impossible = client.post(PAGE, data=said)
        plan = seated.callers["to-chuc"].get(f"{seated.round}/plan")
        for number, pair in enumerate(pairs):
            said = form | pair | {"step": "together", "key": f"together-{number}"}
            mended = client.post(PAGE, data=said)
    proof = tmp_path / "chung-cu.json"
    proof.write_text(plan["proof"])
    checked = subprocess.run(
        [sys.executable, at.ROOT / "services/review/domain/assignment/witness.py", proof],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert "Phân công thử" in possible.text
    assert "Không phân công đủ giám khảo cho mọi bài" in impossible.text
    assert plan["shortages"][0]["sentence"] in impossible.text
    assert checked.returncode == 0, checked.stderr
    assert "Không phân công đủ giám khảo cho mọi bài" not in mended.text
