"""Papers at the door: checked by anybody, and files from signing agents."""

import pytest

from tests.service.gateway.test_portal import CONTEST, browse, contest

__all__ = ["browse", "contest"]


def test_a_code_that_nobody_issued_is_unknown_to_anybody(http):
    page = http.get("/kiem-tra/0123456789abcdef")
    state = http.get("/v1/papers/0123456789abcdef/state")

    assert page.status_code == 200
    assert "Không xác định" in page.text
    assert "không phải bản thật" in page.text
    assert state.json()["state"] == "UNKNOWN"
    assert http.get("/v1/papers/register").json()["papers"] == []


def test_the_agent_is_told_in_its_own_way_why_a_file_is_not_taken(http):
    stray = http.post("/v1/signing/none", files={"uploadfile": ("a.pdf", b"%PDF-1.7")})
    empty = http.post("/v1/signing/none", data={"SessionId": "none"})

    assert (stray.status_code, stray.json()) == (
        200,
        {"Status": 1, "Message": "Không có phiên ký số này.", "FileServer": ""},
    )
    assert empty.json()["Message"] == "Vui lòng gửi tệp PDF đã ký trong một trường của biểu mẫu."


@pytest.mark.usefixtures("contest")
def test_the_office_sees_how_far_the_papers_are(http, browse):
    browse("organiser")

    page = http.get(f"/toi/van-ban/{CONTEST}")

    assert page.status_code == 200
    assert "Đã in 0/0 văn bản, đã ký số 0 văn bản." in page.text
    assert "{" not in page.text


def test_words_are_changed_by_an_organiser_alone(http, sign_in):
    path, words = "/v1/wordings/2026", {"changes": {"contest": "Hội thi “{title}”"}}
    organiser, secretary = sign_in("organiser"), sign_in("secretary")

    changed = http.post(path, json=words, headers=organiser)
    refused = http.post(path, json={"changes": {"bases": 1}}, headers=organiser)

    assert changed.json() == {"number": 1}
    assert (refused.status_code, refused.json()["code"]) == (422, "BadWording")
    assert http.post(path, json=words, headers=secretary).status_code == 403
    assert http.get(path, headers=secretary).json()["changes"] == words["changes"]
