"""Papers at the door: checked by anybody, and files from signing agents."""

import re

import pytest

from tests.bookkeeping import eventually
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

    page = http.get(f"/toi/cac-van-ban/{CONTEST}")

    assert page.status_code == 200
    assert "Đã in 0/0 văn bản, đã ký số 0 văn bản." in page.text
    assert "{" not in page.text


INVITED = {
    "occasion": "Lễ trao giải", "guest": "Sở Tư pháp", "chair": "Chủ tịch",
    "time": "8 giờ", "venue": "Hội trường",
}  # fmt: skip


def sent(http, page, at=None, files=None, **fields):
    """Send the form of a page of ours, with the token it was given; again while it says 504."""
    token = re.search(r'name="form" value="([^"]+)"', http.get(page).text)[1]
    answer = None
    while answer is None or answer.status_code == 504:  # the press is still being started
        answer = http.post(at or page, data={"form": token, **fields}, files=files)
    return answer


@pytest.mark.usefixtures("contest")
def test_a_paper_is_previewed_issued_fetched_and_signed_on_pages(http, browse):
    browse("organiser", "secretary")
    listed = f"/toi/cac-van-ban/{CONTEST}"
    page = f"{listed}/ban-hanh/INVITATION"

    preview = sent(http, page, step="preview", body="BTC", **INVITED)
    lacking = sent(http, page, step="issue", body="BTC", occasion="Lễ trao giải")
    issued = sent(http, page, step="issue", body="BTC", **INVITED)

    assert preview.content.startswith(b"%PDF")
    assert lacking.status_code == 422
    assert "Lễ trao giải" in lacking.text  # what was typed stays
    assert "Đã ban hành văn bản số 01/GM-BTC." in issued.text
    shown = http.get(listed).text
    assert "GIẤY MỜI" in shown
    assert "01/GM-BTC" in shown
    assert "REVOCATION" not in shown
    paper_id = re.search(rf"/toi/ky-so/{CONTEST}/([0-9a-f]+)", shown)[1]
    # A file of a paper and the list of papers are two addresses.
    assert http.get(f"/toi/van-ban/{paper_id}.pdf", follow_redirects=False).status_code == 302
    signing = f"/toi/ky-so/{CONTEST}/{paper_id}"
    too_early = sent(http, signing, role="issue")
    assert "Cơ quan ký số sau khi người có thẩm quyền đã ký" in too_early.text
    session = sent(http, signing, role="attach")
    assert "Tải tệp 01-GM-BTC.pdf" in session.text
    upload = re.search(rf'action="({signing}/[0-9a-f]+)"', session.text)[1]
    strange = sent(http, signing, at=upload, files={"file": ("a.pdf", b"%PDF-1.7")})
    assert (
        strange.status_code,
        "Tệp gửi lại không phải là tệp đã giao để ký." in strange.text,
    ) == (422, True)


@pytest.mark.usefixtures("contest")
def test_a_paper_with_a_step_of_its_own_is_not_issued_beside_it(http, sign_in):
    asked = {"form": "REVOCATION_DECISION", "texts": {}}

    path, organiser = f"/v1/contests/{CONTEST}/documents", sign_in("organiser")

    def issue():
        answer = http.post(path, json=asked, headers=organiser)
        return None if answer.status_code == 404 else answer  # awards has not heard of it yet

    answer = eventually(issue)

    assert (answer.status_code, answer.json()["code"]) == (422, "FormHasOwnStep")


def test_words_are_changed_by_an_organiser_alone(http, sign_in):
    path, words = "/v1/wordings/2026", {"changes": {"contest": "Hội thi “{title}”"}}
    organiser, secretary = sign_in("organiser"), sign_in("secretary")

    changed = http.post(path, json=words, headers=organiser)
    refused = http.post(path, json={"changes": {"bases": 1}}, headers=organiser)

    assert changed.json() == {"number": 1}
    assert (refused.status_code, refused.json()["code"]) == (422, "BadWording")
    assert http.post(path, json=words, headers=secretary).status_code == 403
    assert http.get(path, headers=secretary).json()["changes"] == words["changes"]
