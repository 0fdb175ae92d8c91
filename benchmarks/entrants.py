"""People who hand in entries over HTTP as fast as they can, in any number of tenants.

Start with `open_contest`, which makes a tenant with the contest of the demo, then `admit`.
"""

import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from uuid import uuid4

import urllib3

from benchmarks.measuring import Timed
from demo.acts import MEDIA, ROOT
from demo.api import Api
from demo.build import FILES
from demo.stage import TENANT as TENANT  # noqa: PLC0414 -- the demo's tenant
from deploy.local.stack import Stack

DESCRIPTION = FILES / "03-ban-dien-tu-la-ban-chinh.docx"
EVIDENCE = FILES / "05-giay-to-dung-lai.pdf"
PAPER = (("BAN_THUYET_MINH", DESCRIPTION),)
THREE_PAPERS = (*PAPER, ("MINH_CHUNG", EVIDENCE), ("MINH_CHUNG", FILES / "22-chau-day-ong-ba.pdf"))
OPEN = datetime(2022, 7, 4, 9, tzinfo=timezone(timedelta(hours=7)))
CONTEST = "HG-CCHC-2022"
RULES = ROOT / "contests/hau-giang-2022.yaml"
OPERATOR = "van-hanh"
PASSWORD = "do-toc-do-0123456789"  # noqa: S105  # of accounts that live as long as a measurement
PASSING = (502, 503, 504)

Papers = Sequence[tuple[str, Path]]


@dataclass(frozen=True)
class Receipt:
    """What was acknowledged: the entry, its receipt code, and its documents with their digests."""

    entry_id: str
    code: str
    documents: tuple[tuple[str, str], ...]


class Entrant:
    """Somebody with an account who hands in entry after entry."""

    def __init__(self, base_url: str, person_id: str, token: str) -> None:
        self.base_url, self.person_id, self.token = base_url, person_id, token
        self.http = urllib3.PoolManager(maxsize=2, retries=False)
        self.whole, self.receipts = Timed(), Timed()
        self.acknowledged: list[Receipt] = []

    def post(self, path: str, body: object) -> Any:  # noqa: ANN401  # JSON
        """Make one request under a key of its own, again while the platform asks to come again."""
        headers = {
            "Authorization": self.token,
            "Content-Type": "application/json",
            "Idempotency-Key": uuid4().hex,
        }
        data = None if body is None else json.dumps(body)
        while True:
            answer = self.http.request(
                "POST", self.base_url + path, body=data, headers=headers, timeout=120
            )
            if answer.status < 300:
                return json.loads(answer.data) if answer.data else None
            if answer.status not in PASSING:
                raise RuntimeError(f"{path}: {answer.status} {answer.data[:300]!r}")
            time.sleep(0.3)

    def hand_in(self, papers: Papers = PAPER, due: float | None = None) -> None:
        """Draft, upload, confirm, submit; note how long all of it and the receipt took.

        The whole counts from when it was `due`, on the performance counter, if that is given.
        """
        began = time.perf_counter() if due is None else due
        entry_id = self.draft()
        documents = tuple(self.upload(entry_id, code, path) for code, path in papers)
        asked = time.perf_counter()
        said = self.post(f"/v1/entries/{entry_id}/submit", {"declarations": ["BAN_CAM_KET"]})
        self.receipts.each.append(time.perf_counter() - asked)
        self.whole.each.append(time.perf_counter() - began)
        self.acknowledged.append(Receipt(entry_id, said["receipt_code"], documents))

    def draft(self) -> str:
        """Begin an entry; return its id."""
        author = {"full_name": "Người dự thi", "share": "100", "person_id": self.person_id}
        entry = {
            "kind": "INDIVIDUAL",
            "group": "NGUOI_DAN",
            "title": f"Sáng kiến đo tốc độ {len(self.acknowledged) + 1}",
            "summary": "Một sáng kiến để đo tốc độ tiếp nhận hồ sơ.",
            "area": "THE_CHE",
            "channel": "ONLINE",
            "authors": [author],
        }
        return str(self.post(f"/v1/contests/{CONTEST}/entries", entry)["entry_id"])

    def upload(self, entry_id: str, code: str, path: Path) -> tuple[str, str]:
        """Attach, PUT and confirm a document; return its id and digest."""
        data = path.read_bytes()
        paper = {
            "code": code,
            "file_name": path.name,
            "media_type": MEDIA[path.suffix],
            "size": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
        }
        place = self.post(f"/v1/entries/{entry_id}/documents", paper)
        headers = {"Content-Type": paper["media_type"]}
        stored = self.http.request("PUT", place["url"], body=data, headers=headers)
        if stored.status >= 300:
            raise RuntimeError(f"The store said {stored.status}.")
        self.post(f"/v1/entries/{entry_id}/documents/{place['document_id']}/confirm", None)
        return str(place["document_id"]), str(paper["sha256"])


def open_contest(stack: Stack, tenant: str = TENANT) -> Api:
    """Open the contest of the demo for a tenant; return its operator."""
    operator = add_operator(stack, tenant)
    units = (ROOT / "contests/agencies/hau-giang-2022.csv").read_bytes()
    csv = {"Content-Type": "text/csv"}
    operator.request("POST", "/v1/agencies/import", content=units, headers=csv)
    source = RULES.read_text()
    headers = {"Content-Type": "application/yaml"}
    operator.request("POST", "/v1/contests", content=source, headers=headers)
    return operator


def add_operator(stack: Stack, tenant: str) -> Api:
    """Make a tenant's first account, as an operator does, and sign in with it."""
    command = ["account", "add", OPERATOR, "--roles", "organiser,operator", "--tenant", tenant]
    subprocess.run(
        [sys.executable, "-m", "kernel.operate", *command, "--password-stdin"],
        input=PASSWORD, text=True, check=True, env=stack.env("gateway"), capture_output=True,
    )  # fmt: skip
    return signed_in(stack, tenant, OPERATOR)


def signed_in(stack: Stack, tenant: str, login: str) -> Api:
    """Sign somebody of a tenant in."""
    api = Api(stack.addresses.http_url)
    api.http.headers["X-Tenant"] = tenant
    return api.sign_in(login, PASSWORD)


def admit(stack: Stack, operator: Api, tenant: str, number: int) -> Entrant:
    """Make one more person's account."""
    login = f"do-{number}"
    account = {
        "login": login,
        "password": PASSWORD,
        "roles": ["entrant"],
        "full_name": f"Người dự thi {number}",
        "email": f"{login}@{tenant}.mau.example",
    }
    operator.post("/v1/accounts", account)
    api = signed_in(stack, tenant, login)
    token = str(api.http.headers["Authorization"])
    api.close()
    return Entrant(stack.addresses.http_url, api.person_id, token)
