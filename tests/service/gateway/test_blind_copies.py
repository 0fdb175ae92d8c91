"""Copies without names over HTTP: made by events on the real broker, checked, read by code."""

import hashlib
from io import BytesIO

import httpx
import pytest
from docx import Document

from contracts import review
from services.intake.domain.documents import KNOWN_TYPES
from tests.service.gateway.test_api import CONTEST, entry
from tests.service.gateway.test_api import contest as contest  # noqa: PLC0414 - a fixture
from tests.service.gateway.test_sealed_marks import tell, until

NAME = "Nguyễn Văn Hoà"
PAPERS = f"/v1/contests/{CONTEST}/rounds/SO_KHAO/entries"


@pytest.fixture
def announce(servers, tenant):
    """Return a function that says what review would."""
    return lambda event: tell(servers, tenant, event)


@pytest.fixture
def judged(http, sign_in, contest, upload, announce):
    """Accept an entry that names its author, on the desk of one judge of two."""
    people = {one: sign_in(one) for one in ("entrant", "secretary")}
    people |= {one: sign_in("judge", login=one) for one in ("gk-1", "gk-2")}
    author = {"full_name": NAME, "person_id": people["entrant"]["X-Person"]}
    asked = entry(f"Sáng kiến của {NAME}") | {"authors": [author]}
    entries = f"/v1/contests/{contest['contest_id']}/entries"
    made = http.post(entries, json=asked, headers=people["entrant"]).json()
    path = f"/v1/entries/{made['entry_id']}"
    attach(http, path, people["entrant"], upload)
    sent = {"declarations": ["BAN_CAM_KET"]}
    http.post(f"{path}/submit", json=sent, headers=people["entrant"]).raise_for_status()
    accept(http, path, people["secretary"])
    seated = review.JudgesAssigned(
        contest_id=CONTEST,
        round_id="SO_KHAO",
        entry_id=made["entry_id"],
        code="HG-07",
        judge_ids=(people["gk-1"]["X-Person"],),
    )
    announce(seated)
    return path, people


def attach(http, path, headers, upload):
    document, stream = Document(), BytesIO()
    document.add_paragraph(f"Tác giả {NAME.upper()} nêu cách nộp hồ sơ một lần.")
    document.save(stream)
    content, kind = stream.getvalue(), KNOWN_TYPES["docx"]
    asked = {
        "code": "BAN_THUYET_MINH",
        "file_name": f"{NAME}.docx",
        "media_type": kind,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    place = http.post(f"{path}/documents", json=asked, headers=headers).json()
    upload(place["url"], content, kind)
    confirm = f"{path}/documents/{place['document_id']}/confirm"
    http.post(confirm, headers=headers).raise_for_status()


def accept(http, path, headers):
    for line in http.get(f"{path}/checklist", headers=headers).json()["lines"]:
        if line["state"] == "OPEN":
            http.put(f"{path}/checklist/{line['item']}", json={"ok": True}, headers=headers)
    http.post(f"{path}/accept", headers=headers).raise_for_status()


def copies(http, path, headers):
    """Return the copies once they are made."""

    def ask():
        said = http.get(f"{path}/blind-copies", headers=headers)
        return said if said.json() else httpx.Response(404, text="not made yet")

    return until(ask).json()


def test_a_judge_reads_a_checked_copy_and_refusals_tell_nothing(http, judged):
    path, people = judged
    first, second = people["gk-1"], people["gk-2"]
    words, paper = copies(http, path, people["secretary"])
    until(lambda: http.get(f"{PAPERS}/HG-07/papers", headers=first))
    waiting = http.get(f"{PAPERS}/HG-07/papers", headers=first).json()
    refused = [
        http.get(f"{PAPERS}/{code}/papers/{place}", headers=who, follow_redirects=False)
        for who, code, place in (
            (first, "HG-07", 1),  # waits to be checked
            (first, "HG-07", 9),
            (first, "HG-99", 1),
            (second, "HG-07", 1),  # on another's desk
            (people["entrant"], "HG-07", 1),
        )
    ]

    approved = http.post(
        f"{path}/blind-copies/1/approve", json={"number": 1}, headers=people["secretary"]
    )
    read = http.get(f"{PAPERS}/HG-07/papers/1", headers=first, follow_redirects=False)

    assert words["title"] == "Sáng kiến của [đã che]"
    assert [one["words"] for one in paper["removed"]] == [NAME.upper()]
    assert [one["state"] for one in waiting] == ["CHECKING"]
    assert approved.status_code == 204, approved.text
    told = {(said.status_code, said.json()["code"], said.json()["detail"]) for said in refused}
    assert told == {(404, "NoSuchCopy", "Không có tài liệu này.")}
    assert read.status_code == 302
    assert "HG-07-01.pdf" in read.headers["location"]
    assert path.rpartition("/")[2] not in read.headers["location"]
    copy = httpx.get(read.headers["location"]).raise_for_status()
    assert copy.headers["content-type"] == "application/pdf"


def test_pages_of_the_check_are_for_the_secretary(http, judged):
    path, people = judged
    copies(http, path, people["secretary"])

    for who, status in (("secretary", 200), ("gk-1", 404), ("entrant", 403)):
        said = http.get(f"{path}/blind-copies", headers=people[who])
        assert said.status_code == status, (who, said.text)
