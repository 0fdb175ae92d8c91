"""Juries and conflicts over HTTP."""

import re
from pathlib import Path

import pytest

from tests.bookkeeping import eventually

RULES = Path("contests/hau-giang-2022.yaml").read_bytes()
PATH = "/v1/contests/HG-CCHC-2022"
DECISION = {"number": "05/QĐ-BTC", "issued_on": "2022-08-20"}


@pytest.fixture
def organiser(http, sign_in):
    organiser = sign_in("organiser")
    yaml = {"Content-Type": "text/yaml"}
    assert http.post("/v1/contests", content=RULES, headers=organiser | yaml).status_code == 201
    return organiser


@pytest.fixture
def chair(http, sign_in, organiser):
    """Seat a jury of seven, led by an account that can sign in."""
    chair = sign_in("judge", "chair")
    seats = [{"person_id": chair["X-Person"], "role": "CHAIR", "unit_id": "SNV"}]
    seats += [{"person_id": f"j-{number}", "unit_id": "STP"} for number in range(2, 8)]
    jury = {"seats": seats, "decision": DECISION}

    def seated():
        return http.put(f"{PATH}/jury", json=jury, headers=organiser).status_code == 204

    eventually(seated)
    return chair


def test_seat_ends_by_a_decision_and_the_jury_shows_it(http, organiser, chair):
    leaving = {
        "judge_id": "j-2", "decision": DECISION, "reason": "Nghỉ hưu", "substitute_id": "j-9",
        "substitute_unit_id": "STC",
    }  # fmt: skip

    done = http.post(f"{PATH}/jury/replacements", json=leaving, headers=organiser)
    jury = http.get(f"{PATH}/jury", headers=chair).json()

    assert done.json() == {"kept": [], "handed_over": [], "vacant": []}
    seats = {seat["person_id"]: seat for seat in jury["seats"]}
    assert (seats["j-2"]["reason"], seats["j-2"]["left_by"]) == ("Nghỉ hưu", DECISION)
    assert (seats["j-9"]["unit_id"], seats["j-9"]["left_at"]) == ("STC", None)
    assert (jury["judges"], jury["quorum"]) == (7, 5)


def test_tie_to_a_person_is_declared_listed_and_taken_back(http, organiser, chair):
    judge_id = chair["X-Person"]
    tie = {"judge_id": judge_id, "person_id": "p-1", "relation": "SPOUSE", "reason": "Vợ chồng"}

    declared = http.post(f"{PATH}/conflicts", json=tie, headers=chair)
    (said,) = http.get(f"{PATH}/conflicts/declared", headers=organiser).json()
    withdrawn = http.post(
        f"{PATH}/conflicts/declared/{said['id']}/withdraw", json={"reason": "Nhầm"}, headers=chair
    )
    (after,) = http.get(f"{PATH}/conflicts/declared", headers=chair).json()
    notes = http.get(f"{PATH}/jury/notes", headers=organiser).json()

    assert (declared.status_code, withdrawn.status_code) == (204, 204)
    assert (said["relation"], said["ended_at"]) == ("SPOUSE", None)
    assert (after["ended_by"], after["ended_reason"]) == (judge_id, "Nhầm")
    assert [note["words"].split(" ")[0] for note in notes] == ["Thành", "Khai", "Rút"]


def test_conflicts_are_not_for_who_marks_in_a_blind_round_and_it_is_said_in_vietnamese(
    http, organiser, chair
):
    hidden = http.get(f"{PATH}/conflicts", headers=chair)
    listed = http.get(f"{PATH}/conflicts", headers=organiser)

    assert (hidden.status_code, hidden.json()["code"]) == (403, "ConflictsHidden")
    assert "vòng thi giấu tên" in hidden.json()["detail"]
    assert (listed.status_code, listed.json()["entries"]) == (200, [])
    assert http.get(f"{PATH}/conflicts?most=0", headers=organiser).status_code == 400


def test_chair_cannot_excuse_an_author(http, chair):
    pin = {
        "judge_id": "j-2", "entry_id": "e-1", "side": "NO_OBSTACLE", "ground": "AUTHOR",
        "reason": "Đã cân nhắc",
    }  # fmt: skip

    refused = http.post(f"{PATH}/conflicts/pins", json=pin, headers=chair)

    assert (refused.status_code, refused.json()["code"]) == (422, "NotExcusable")
    lifted = http.post(f"{PATH}/conflicts/pins/x/lift", json={"reason": "Nhầm"}, headers=chair)
    assert lifted.json()["code"] == "UnknownDeclaration"


def test_posts_are_recorded_by_staff_and_by_oneself(http, organiser, chair):
    posts = {"posts": [{"unit_id": "SYT", "since": "2015-01-01", "until": "2020-06-30"}]}

    by_staff = http.put("/v1/people/j-2/posts", json=posts, headers=organiser)
    of_another = http.put("/v1/people/j-2/posts", json=posts, headers=chair)
    own = http.put(f"/v1/people/{chair['X-Person']}/posts", json=posts, headers=chair)

    assert (by_staff.status_code, of_another.status_code, own.status_code) == (204, 403, 204)


def test_jury_is_seated_by_a_page_in_panels_and_its_mistakes_are_said_there(
    http, organiser, sign_in
):
    judges = [sign_in("judge")["X-Person"] for _ in range(7)]
    secretary = sign_in("secretary")["X-Person"]
    path = "/toi/ban-giam-khao/HG-CCHC-2022/thanh-lap"
    http.cookies.set("sangkien", organiser["Authorization"].split()[1])

    def shown():
        page = http.get(path)
        return page.text if page.status_code == 200 else ""

    page = eventually(shown)
    form = dict(re.findall(r'type="hidden" name="(form|key)" value="([^"]*)"', page))
    form |= {
        "number": "05/QĐ-BTC", "day": "2022-08-20", "panel": ["1", "2"],
        "panel-id.1": "SO", "panel-name.1": "Tiểu ban Số", "panel-id.2": "",
        "panel-rounds.1": ["SO_KHAO"], "person": [*judges, secretary],
        f"role.{judges[0]}": "CHAIR", f"unit.{judges[0]}": "SNV", f"role.{secretary}": "SECRETARY",
        f"panel.{judges[1]}": "SO", f"in.{judges[1]}": "CHAIR", f"most.{judges[1]}": "20",
        f"areas.{judges[1]}": ["TTHC"],
    }  # fmt: skip
    refused = http.post(path, data=form)
    members = {f"panel.{one}": "SO" for one in judges[2:6]}
    members |= {f"in.{one}": "MEMBER" for one in judges[2:6]} | {f"role.{judges[6]}": "DEPUTY"}
    done = http.post(path, data=form | {"key": "mot-lan"} | members, follow_redirects=False)
    seats = http.get(f"{PATH}/jury", headers=organiser).json()["seats"]

    assert (refused.status_code, 'value="05/QĐ-BTC"' in refused.text) == (422, True)
    assert "Thể lệ quy định 7 giám khảo; danh sách này có 2 người." in refused.text
    assert (done.status_code, done.headers["Location"]) == (303, path.removesuffix("/thanh-lap"))
    held = {one["person_id"]: one for one in seats}
    assert held.keys() == {*judges, secretary}
    assert (held[judges[0]]["role"], held[judges[0]]["unit_id"]) == ("CHAIR", "SNV")
    assert (held[judges[1]]["areas"], held[judges[1]]["most"]) == (["TTHC"], 20)
    assert {held[one]["panel_id"] for one in judges[1:6]} == {"SO"}
