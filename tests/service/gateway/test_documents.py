"""Documents through the door: names as sent, uploads that go on, links for others."""

from hashlib import sha256
from unicodedata import normalize

import pytest

from tests import files
from tests.service.gateway.test_api import contest, entry

__all__ = ["contest"]

NAME = normalize("NFD", "Thuyết minh\u00a0của tôi.pdf")
CONTENT = files.pdf(2)


def announced() -> dict[str, object]:
    return {
        "code": "BAN_THUYET_MINH",
        "file_name": NAME,
        "media_type": "application/pdf",
        "size": len(CONTENT),
        "parts": [sha256(CONTENT).hexdigest()],
    }


@pytest.fixture
def drafted(http, sign_in, contest):
    entrant = sign_in("entrant")
    made = http.post(
        f"/v1/contests/{contest['contest_id']}/entries", json=entry("Một cửa"), headers=entrant
    ).json()
    return entrant, f"/v1/entries/{made['entry_id']}"


def test_decomposed_name_is_kept_as_sent_and_found_composed(http, drafted, upload):
    entrant, path = drafted
    place = http.post(f"{path}/documents", json=announced(), headers=entrant).json()
    here = f"{path}/documents/{place['document_id']}"
    before = http.get(f"{here}/upload", headers=entrant).json()
    upload(place["parts"][0]["url"], CONTENT, "application/pdf")

    after = http.get(f"{here}/upload", headers=entrant).json()
    confirmed = http.post(f"{here}/confirm", headers=entrant)

    assert [before["parts"][0]["there"], after["parts"][0]["there"]] == [False, True]
    assert confirmed.status_code == 204, confirmed.text
    found = {one["file_name"]: one for one in http.get(path, headers=entrant).json()["documents"]}
    shown = found[normalize("NFC", "Thuyết minh của tôi.pdf")]
    assert (shown["sent_name"], shown["state"], shown["pages"]) == (NAME, "STORED", 2)


def test_link_for_others_needs_no_sign_in_and_is_gone_once_revoked(http, sign_in, drafted, upload):
    entrant, path = drafted
    clerk = sign_in("clerk")
    place = http.post(f"{path}/documents", json=announced(), headers=entrant).json()
    upload(place["url"], CONTENT, "application/pdf")
    here = f"{path}/documents/{place['document_id']}"
    http.post(f"{here}/confirm", headers=entrant)
    assert http.post(f"{path}/submit", headers=entrant).status_code == 200
    given = {"recipient": "Cổng dịch vụ công", "days": 3}
    link = http.post(f"{here}/shares", json=given, headers=clerk).json()["path"]

    assert http.get(link, follow_redirects=False).status_code == 302
    ended = http.post(f"{path}/shares/revoke", json={"recipient": "Cổng dịch vụ công"},
                      headers=clerk)  # fmt: skip
    gone = http.get(link, follow_redirects=False)

    assert ended.json() == {"revoked": 1}
    assert gone.status_code == 410
    assert gone.json()["detail"].startswith("Liên kết đã hết hạn hoặc đã bị thu hồi")
    assert http.get("/v1/files/nonsense", follow_redirects=False).status_code == 404


@pytest.mark.parametrize("name", ["a/b.pdf", "C:\\tệp.pdf", "tệp\u007f.pdf", "tệp\n.pdf"])
def test_name_that_is_a_path_or_has_control_characters_is_refused_in_words(http, drafted, name):
    entrant, path = drafted

    answer = http.post(
        f"{path}/documents", json=announced() | {"file_name": name}, headers=entrant
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "BadFileName")
    assert "hãy đổi tên tệp" in answer.json()["detail"]
