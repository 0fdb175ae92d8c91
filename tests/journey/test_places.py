"""Why entries are where they are, asked over the API and the command line of a played contest."""

from fractions import Fraction

import httpx
import pytest

from tests.unit.review import recount

pytestmark = [pytest.mark.slow, pytest.mark.stack]


def test_every_finalists_places_can_be_recounted_from_what_the_platform_tells(stage, organiser):
    table = organiser.get(f"{stage.contest}/rounds/BAO_VE")["table"]

    for line in table:
        found = organiser.get(f"{stage.contest}/entries/{line['entry_id']}/place")
        first, last = found["judged"]["rounds"]
        code = {"code": found["judged"]["code"]}
        assert recount.place(last | code) == last["rank"] == line["rank"]
        assert recount.place(first | code) == first["rank"]
        parts = [Fraction(part["adds"]) for part in found["final"]["parts"]]
        assert sum(parts) == Fraction(found["final"]["exact"])
    prizes = {one["entry_id"]: one["score"] for one in stage.prizes}
    for entry_id, score in prizes.items():
        found = organiser.get(f"{stage.contest}/entries/{entry_id}/place")
        assert found["final"]["score"] == score


def test_a_place_and_severities_are_told_at_the_command_line(stage, organiser, sangkien):
    (line, *_) = organiser.get(f"{stage.contest}/rounds/BAO_VE")["table"]
    contest = ("--contest", stage.cast.contest)

    explained = sangkien("review", "explain", line["code"], *contest)
    calibrated = sangkien("review", "calibration", "SO_KHAO", *contest)

    assert explained.returncode == 0, explained.stderr
    assert explained.stdout.startswith(f"Bài {line['code']} “")
    assert "Vòng bảo vệ ý tưởng, thang điểm 100:" in explained.stdout
    assert "Điểm cuối cùng:" in explained.stdout
    assert calibrated.returncode == 0, calibrated.stderr
    assert "hiệu chỉnh" in calibrated.stdout


def test_pages_show_a_ranking_and_why_an_entry_is_where_it_is(stage, organiser):
    contest, token = stage.cast.contest, organiser.http.headers["Authorization"].split()[1]
    (line, *_) = organiser.get(f"{stage.contest}/rounds/BAO_VE")["table"]

    def open_page(path):
        url = f"{stage.stack.addresses.http_url}/toi/{path}"
        answer = httpx.get(url, cookies={"sangkien": token}, timeout=60)
        assert answer.status_code == 200, answer.text
        return answer.text

    ranking = open_page(f"xep-hang/{contest}/BAO_VE")
    place = open_page(f"giai-trinh/{contest}/{line['code']}")

    assert f"/toi/giai-trinh/{contest}/{line['code']}" in ranking
    assert all(said in place for said in ("Kết quả chung cuộc", "làm tròn một lần", "Được tính"))
    assert f"/toi/xep-hang/{contest}/SO_KHAO" in open_page("")
