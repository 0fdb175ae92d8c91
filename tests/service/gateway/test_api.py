"""Requests become messages to the services, and their answers responses."""

import io
from hashlib import sha256
from pathlib import Path

import pytest
from docx import Document

from tests.bookkeeping import eventually

RULES = (Path(__file__).parents[3] / "contests/hau-giang-2022.yaml").read_text()
CONTEST = "HG-CCHC-2022"
YAML = {"Content-Type": "text/yaml"}
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def entry(title: str) -> dict[str, object]:
    return {
        "kind": "INDIVIDUAL",
        "group": "NGUOI_DAN",
        "title": title,
        "summary": "Đặt lịch hẹn tại bộ phận Một cửa qua tin nhắn, không cần ứng dụng.",
        "area": "TTHC",
        "authors": [{"full_name": "Nguyễn Thị An", "email": "an@hg.vn"}],
    }


def docx(sentence: str) -> bytes:
    document, file = Document(), io.BytesIO()
    document.add_paragraph(sentence)
    document.save(file)
    return file.getvalue()


def submit(http, entrant: dict[str, str], upload) -> str:
    """Hand in an own entry with its description; return its id."""
    author = {"full_name": "Nguyễn Thị An", "person_id": entrant["X-Person"]}
    typed = entry("Một cửa") | {"authors": [author]}
    made = http.post(f"/v1/contests/{CONTEST}/entries", json=typed, headers=entrant).json()
    path, content = f"/v1/entries/{made['entry_id']}", docx("Đặt lịch hẹn qua tin nhắn.")
    attachment = {
        "code": "BAN_THUYET_MINH",
        "file_name": "Bản thuyết minh.docx",
        "media_type": DOCX,
        "size": len(content),
        "sha256": sha256(content).hexdigest(),
    }
    place = http.post(f"{path}/documents", json=attachment, headers=entrant).json()
    upload(place["url"], content, DOCX)
    # Whoever is told 504 repeats under the same key: the first look into a file may take its time.
    again = entrant | {"Idempotency-Key": f"tep-{place['document_id']}"}
    confirm = f"{path}/documents/{place['document_id']}/confirm"
    assert eventually(lambda: http.post(confirm, headers=again).is_success, seconds=120)
    declared = {"declarations": ["BAN_CAM_KET"]}
    receipt = http.post(f"{path}/submit", json=declared, headers=entrant).json()
    assert receipt["received_at"].startswith("2022-07-01T")
    return receipt["entry_id"]


def check(http, path: str, clerk: dict[str, str]) -> None:
    """Find right what is still open on the checklist of an entry."""
    for line in http.get(f"{path}/checklist", headers=clerk).json()["lines"]:
        if line["state"] == "OPEN":
            answer = http.put(f"{path}/checklist/{line['item']}", json={"ok": True}, headers=clerk)
            assert answer.status_code == 204, answer.text


@pytest.fixture
def contest(http, sign_in):
    organiser = sign_in("organiser")
    opened = http.post("/v1/contests", content=RULES, headers=organiser | YAML)
    assert opened.status_code == 201, opened.text
    return opened.json()


def test_a_contest_is_opened_once_and_is_there_for_everybody(http, contest):
    shown = http.get(f"/v1/contests/{CONTEST}").json()

    assert contest["contest_id"] == CONTEST
    assert shown["sha256"] == contest["sha256"]
    assert [line["contest_id"] for line in http.get("/v1/contests").json()] == [CONTEST]


def test_a_rules_file_is_checked_without_being_opened(http, sign_in):
    wrong = RULES.replace("intake:", "intaek:")

    answer = http.post("/v1/contests/check", content=wrong, headers=sign_in("organiser") | YAML)

    assert answer.status_code == 200
    assert answer.json()["sha256"] is None
    assert answer.json()["mistakes"]


def test_who_may_not_is_told_so_in_vietnamese(http, sign_in):
    answer = http.post("/v1/contests", content=RULES, headers=sign_in("entrant") | YAML)

    assert answer.status_code == 403
    assert answer.json()["title"] == "Không có quyền"
    assert answer.json()["detail"].startswith("Việc này cần vai trò ban tổ chức")


def test_who_has_not_signed_in_is_told_how(http):
    answer = http.post("/v1/contests", content=RULES, headers=YAML)

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="sangkien"'


@pytest.mark.usefixtures("contest")
def test_a_repeated_request_makes_one_entry(http, sign_in):
    an = sign_in("entrant") | {"Idempotency-Key": "k1"}

    first = http.post(f"/v1/contests/{CONTEST}/entries", json=entry("Một cửa"), headers=an)
    second = http.post(f"/v1/contests/{CONTEST}/entries", json=entry("Một cửa"), headers=an)
    other = http.post(f"/v1/contests/{CONTEST}/entries", json=entry("Hai cửa"), headers=an)

    assert first.status_code == 201, first.text
    assert second.json() == first.json()
    assert other.status_code == 409
    assert other.json()["code"] == "RequestIdReused"


@pytest.mark.usefixtures("contest")
def test_decomposed_vietnamese_is_kept_composed(http, sign_in):
    an = sign_in("entrant")
    typed = entry("Ca\u0309i ca\u0301ch")

    made = http.post(f"/v1/contests/{CONTEST}/entries", json=typed, headers=an).json()
    shown = http.get(f"/v1/entries/{made['entry_id']}", headers=an).json()

    assert shown["title"] == "Cải cách"


@pytest.mark.usefixtures("contest")
def test_an_entry_goes_from_draft_to_accepted(http, sign_in, upload):
    an = sign_in("entrant")

    path = f"/v1/entries/{submit(http, an, upload)}"
    check(http, path, sign_in("clerk"))
    accepted = http.post(f"{path}/accept", headers=sign_in("secretary"))
    shown = http.get(path, headers=an).json()
    document = f"{path}/documents/{shown['documents'][0]['document_id']}"
    link = http.get(document, headers=an, follow_redirects=False)

    assert accepted.status_code == 204, accepted.text
    assert shown["state"] == "ACCEPTED"
    assert shown["missing"] == []
    assert link.status_code == 302


@pytest.mark.usefixtures("contest")
def test_another_entrant_cannot_tell_that_an_entry_exists(http, sign_in):
    made = http.post(
        f"/v1/contests/{CONTEST}/entries", json=entry("Một cửa"), headers=sign_in("entrant")
    ).json()

    answer = http.get(f"/v1/entries/{made['entry_id']}", headers=sign_in("entrant"))

    assert answer.status_code == 404


def test_the_ledger_of_a_tenant_answers(http, sign_in):
    head = http.get("/v1/ledger/head", headers=sign_in("organiser"))

    assert head.status_code == 200
    assert head.json()["length"] == 0


def test_a_paper_has_one_of_two_formats(http):
    answer = http.get("/v1/papers/p-1.exe")

    assert answer.status_code == 404
    assert answer.json()["detail"] == "Văn bản chỉ có ở dạng .pdf hoặc .docx."


def test_a_key_that_no_header_can_carry_is_refused(http):
    answer = http.post("/v1/registrations", json={}, headers={"Idempotency-Key": "two words"})

    assert answer.status_code == 400
    assert answer.json()["code"] == "BadKey"


def test_browsers_are_told_to_run_nothing(http):
    headers = http.get("/v1/contests").headers

    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Idempotency-Key" not in headers


def test_health_names_what_answers(http):
    http.get("/v1/contests")

    assert http.get("/health").json() == {"broker": "ok", "database": "ok"}


@pytest.mark.usefixtures("contest")
def test_an_entry_is_saved_field_by_field_and_a_stale_save_is_a_conflict(http, sign_in):
    an = sign_in("entrant")
    typed = {"kind": "INDIVIDUAL", "group": "NGUOI_DAN", "title": "Một cửa"}
    made = http.post(f"/v1/contests/{CONTEST}/entries", json=typed, headers=an).json()
    path = f"/v1/entries/{made['entry_id']}"
    improves = [{"index": "PAPI", "component": "TTHC", "baseline": "77,8", "target": 80.5}]

    first = http.patch(path, json={"improves": improves}, headers=an | {"If-Match": '"1"'})
    second = http.patch(path, json={"revision": 2, "title": "Hai cửa"}, headers=an)
    stale = http.patch(path, json={"revision": 2, "area": "TTHC"}, headers=an)
    nameless = http.patch(path, json={"area": "TTHC"}, headers=an)
    early = http.post(f"{path}/submit", headers=an)

    assert (first.json(), second.json()) == ({"revision": 2}, {"revision": 3})
    assert (stale.status_code, stale.json()["code"]) == (409, "StaleRevision")
    assert "đã có thay đổi ở: tên bài dự thi" in stale.json()["detail"]
    assert nameless.json()["code"] == "NoRevision"
    assert early.json()["detail"] == (
        "Chưa nộp được hồ sơ, còn thiếu: tóm tắt, lĩnh vực, họ tên tác giả."
    )
    shown = http.get(path, headers=an).json()
    assert (shown["title"], shown["revision"]) == ("Hai cửa", 3)
    assert (shown["improves"][0]["baseline"], shown["improves"][0]["target"]) == ("77.8", "80.5")


@pytest.mark.usefixtures("contest")
def test_versions_confirmation_and_officers_have_addresses(http, sign_in, upload):
    an = sign_in("entrant")
    entry_id = submit(http, an, upload)
    path = f"/v1/entries/{entry_id}"

    http.patch(path, json={"title": "Một cửa số"}, headers=an | {"If-Match": '"1"'})
    http.post(f"{path}/submit", headers=an)
    versions = http.get(f"{path}/versions", headers=an).json()
    between = http.get(f"{path}/versions/differences?older=1&newer=2", headers=an).json()
    stranger = http.post(f"{path}/confirmation", json={"confirmed": True}, headers=sign_in("head"))
    author = http.get(path, headers=an).json()["authors"][0]["person_id"]
    body = {"body": "TO_THU_KY", "person_ids": [author]}
    officers = http.post(
        f"/v1/contests/{CONTEST}/officers", json=body, headers=sign_in("organiser")
    )

    assert [one["title"] for one in versions] == ["Một cửa", "Một cửa số"]
    assert between == ["Sửa tên bài dự thi: “Một cửa” thành “Một cửa số”."]
    assert (stranger.status_code, stranger.json()["code"]) == (404, "UnknownEntry")
    assert (officers.status_code, officers.json()) == (201, {"entry_ids": [entry_id]})


def test_indexes_are_listed_for_everybody(http):
    listed = http.get("/v1/indexes").json()

    assert listed["version"] == "2022"
    assert [len(one["components"]) for one in listed["indexes"]] == [8, 6, 8, 10, 3, 8]


def test_anybody_may_ask_for_heads_and_proofs_and_reads_what_there_is_not(http, sign_in):
    known = http.get("/v1/ledger/verification", headers=sign_in("organiser"))
    answers = [
        http.get(path)
        for path in (
            f"/v1/contests/{CONTEST}/heads",
            f"/v1/contests/{CONTEST}/heads/growth?before=1&size=2",
            "/v1/ledger/events/m-1/proof",
            "/v1/ledger/events/m-1",
        )
    ]

    assert known.json()["broken_at"] is None
    assert [(one.status_code, one.json()["code"]) for one in answers] == [
        (404, "UnknownTree"),
        (422, "NoSuchGrowth"),
        (404, "EventNotRecorded"),
        (401, "SignInNeeded"),
    ]
    assert answers[0].json()["detail"] == "Sổ ghi chưa có gì về cuộc thi này."
