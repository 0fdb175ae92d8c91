"""Plans of who judges what, over HTTP from the service itself."""

from io import BytesIO

from openpyxl import load_workbook

from tests.bookkeeping import eventually
from tests.service.gateway.test_api import CONTEST, RULES, YAML

ROUND = f"/v1/contests/{CONTEST}/rounds/SO_KHAO"


def test_jury_with_areas_is_seated_and_its_round_planned(http, sign_in):
    organiser = sign_in("organiser")
    opened = http.post("/v1/contests", content=RULES, headers=organiser | YAML)
    assert opened.status_code == 201, opened.text
    seats = [
        {"person_id": f"p-{n}", "role": "MEMBER" if n else "CHAIR", "areas": ["TTHC"], "most": 9}
        for n in range(7)
    ]
    pair = {"judge_id": "p-1", "other_id": "p-2", "reason": "Vợ chồng"}

    seated = eventually(
        lambda: (
            http.put(
                f"/v1/contests/{CONTEST}/jury", json={"seats": seats}, headers=organiser
            ).status_code
            == 204
        )
    )
    parted = http.post(f"/v1/contests/{CONTEST}/apart", json=pair, headers=organiser)
    united = http.post(f"/v1/contests/{CONTEST}/together", json=pair, headers=organiser)
    shown = http.get(f"{ROUND}/plan", params={"seed": "1"}, headers=organiser)
    saved = eventually(
        # While the file is still being drawn, the door says so.
        lambda: (
            answer
            if (answer := http.get(f"{ROUND}/plan.xlsx", headers=organiser)).status_code == 200
            else None
        ),
        seconds=120,
    )
    early = http.post(f"{ROUND}/open", params={"seed": "1"}, headers=organiser)
    level = http.post(f"{ROUND}/level", headers=organiser)
    leaving = http.post(
        f"{ROUND}/judges/p-1/release", json={"reason": "Nghỉ ốm"}, headers=organiser
    )

    assert seated
    assert (parted.status_code, united.status_code) == (204, 204)
    assert shown.json() | {"loads": shown.json()["loads"][:1]} == {
        "round_id": "SO_KHAO",
        "state": "WAITING",
        "seed": "1",
        "entries": [],
        "loads": [{"judge_id": "p-0", "entries": 0, "areas": ["TTHC"], "most": 9}],
        "strangers": 0,
        "is_best": True,
        "shortages": [],
        "proof": "",
    }
    book = load_workbook(BytesIO(saved.content))
    assert book.sheetnames == ["Thông tin", "Số bài mỗi giám khảo"]
    assert book["Thông tin"]["B3"].value == "Vòng sơ khảo"
    assert early.json()["code"] == "RoundTooEarly"
    assert level.json()["code"] == leaving.json()["code"] == "RoundNotOpen"


def test_plan_is_not_for_entrants(http, sign_in):
    answer = http.get(f"{ROUND}/plan", headers=sign_in("entrant"))

    assert answer.status_code == 403
