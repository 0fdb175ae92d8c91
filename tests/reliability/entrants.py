"""People who hand in one entry after another, each upload repeated until the store has it."""

import io
import threading
import time
from dataclasses import dataclass, field
from hashlib import sha256
from random import Random
from typing import Any

import httpx
from PIL import Image

from demo.acts import MEDIA
from demo.api import PASSING, Api
from demo.build import FILES

DESCRIPTION = FILES / "03-ban-dien-tu-la-ban-chinh.docx"


@dataclass
class Entrant:
    """Somebody who hands in one entry after another, and what was acknowledged to them."""

    api: Api
    chance: Random
    confirmed: dict[str, tuple[str, str]] = field(default_factory=dict)  # id: entry, digest
    receipts: list[dict[str, Any]] = field(default_factory=list)

    def hand_in(self, contest: str) -> None:
        """Draft, upload the papers, in parts where they are large, and submit."""
        author = {"full_name": "Người dự thi", "share": "100", "person_id": self.api.person_id}
        entry = {
            "kind": "INDIVIDUAL",
            "group": "NGUOI_DAN",
            "area": "THE_CHE",
            "title": f"Sáng kiến phút chót {len(self.receipts) + 1}",
            "summary": "Nộp vào phút chót.",
            "authors": [author],
        }
        entry_id = self.api.post(f"{contest}/entries", entry)["entry_id"]
        for code, name, data in self.papers():
            self.upload(entry_id, code, name, data)
        declared = {"declarations": ["CHINH_TAC_GIA", "CHUA_CONG_BO", "CHUA_DU_THI"]}
        self.receipts.append(self.api.post(f"/v1/entries/{entry_id}/submit", declared))

    def papers(self) -> list[tuple[str, str, bytes]]:
        """Return what is handed in: code, file name, bytes."""
        picture = a_picture(self.chance)
        return [
            ("BAN_THUYET_MINH", DESCRIPTION.name, DESCRIPTION.read_bytes()),
            ("MINH_CHUNG", "Ảnh chụp.png", picture),
        ]

    def upload(self, entry_id: str, code: str, name: str, data: bytes) -> None:
        """Upload in parts, each again until the store has it, and have the whole confirmed."""
        digest = sha256(data).hexdigest()
        media_type = MEDIA.get(f".{name.rpartition('.')[2]}", "image/png")
        paper = {"code": code, "file_name": name, "media_type": media_type, "size": len(data)}
        documents = f"/v1/entries/{entry_id}/documents"
        place = self.api.post(documents, paper | {"sha256": digest})
        for part in place["parts"]:
            at = (part["number"] - 1) * place["part_size"]
            put_patiently(part["url"], data[at : at + part["size"]])
        self.api.post(f"{documents}/{place['document_id']}/confirm")
        self.confirmed[place["document_id"]] = (entry_id, digest)


def a_picture(chance: Random) -> bytes:
    """Return a picture of about 17 MB that nobody else has."""
    made = io.BytesIO()
    Image.frombytes("RGB", (2400, 2400), chance.randbytes(2400 * 2400 * 3)).save(
        made, "PNG", compress_level=0
    )
    return made.getvalue()


def put_patiently(url: str, data: bytes) -> None:
    """PUT until the store says yes."""
    until = time.monotonic() + 90
    while True:
        try:
            answer = httpx.put(url, content=data, timeout=30)
        except httpx.TransportError:
            if time.monotonic() > until:
                raise
        else:
            if answer.is_success:
                return
            assert answer.status_code in {500, *PASSING}, answer.text
            assert time.monotonic() < until, answer.text
        threading.Event().wait(0.3)
