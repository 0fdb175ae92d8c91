"""A counterparty to try against: speaks the national portal's contract, and misbehaves on request.

A process of its own, `sangkien onegate-sandbox`. Its dossiers are in memory and, with a file,
survive a restart. `GET /dossiers` shows them.
"""

import json
import secrets
import sys
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import Event, RLock
from typing import Any
from urllib.parse import parse_qs, urlsplit

import urllib3

from services.intake.onegate.strictness import (
    FLAG,
    PROGRESS,
    follows,
    mistakes,
    mistakes_of_dossier,
)

OK, FAULT, NO_SESSION, UNKNOWN = "0", "1", "2", "3"
CATALOGUES = ("LayDanhSachTTHC", "LayThuTuc", "LayDanhMucCoQuan", "LayDanhMucLinhVuc")
NONE: dict[str, Any] = {"error_code": OK, "data": []}


class Wrong(Exception):
    """The call is not as the contract says; the message says why."""

    def __init__(self, why: str, code: str = FAULT) -> None:
        self.code = code
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Manners:
    """How the sandbox behaves. `fail` is the share of calls that fail, 0..1; `slow` in seconds."""

    slow: float = 0
    fail: float = 0
    hang: bool = False
    supplement_as_1: bool = False
    duplicate_on_timeout: float = 0  # seconds the answer to each first creation is held back
    fetch_after: float | None = None  # seconds after which files are fetched; None: never
    session_calls: int = 0  # a session ends after so many calls; 0: never
    seed: int = 0


@dataclass
class Sandbox:
    """The state of a counterparty. `dossiers` by code; a list of two is a duplicate."""

    manners: Manners = Manners()
    password: str = "sandbox"  # noqa: S105  # a sandbox keeps no secret
    file: Path | None = None
    dossiers: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    sessions: dict[str, int] = field(default_factory=dict)
    lock: Any = field(default_factory=RLock)
    over: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        """Read what was kept by an earlier process."""
        self.chance = Random(self.manners.seed)  # noqa: S311  # no secret
        if self.file and self.file.exists():
            self.dossiers = json.loads(self.file.read_bytes())

    def keep(self) -> None:
        """Write the dossiers down, whole or not at all."""
        if self.file:
            fresh = self.file.with_suffix(".new")
            fresh.write_text(json.dumps(self.dossiers, ensure_ascii=False))
            fresh.replace(self.file)

    def answer(self, service: str, said: Any) -> dict[str, Any]:  # noqa: ANN401  # JSON
        """Do what a call asks; raises `Wrong`."""
        with self.lock:
            if service == "login":
                return self.log_in(said)
            self.check_session(said)
            calls = {
                "TraCuuHoSo": self.find,
                "DongBoHoSoMC": self.write,
                "CapNhatTienDoHoSoMC": self.add_progress,
            }
            if service in CATALOGUES:
                return NONE
            if service not in calls:
                raise Wrong(f"there is no service {service}")
            return calls[service](said)

    def log_in(self, said: Any) -> dict[str, Any]:  # noqa: ANN401
        """Begin a session."""
        if not isinstance(said, dict) or said.get("password") != self.password:
            raise Wrong("wrong password", NO_SESSION)
        session = secrets.token_hex(8)
        self.sessions[session] = 0
        return {"session": session, "error_code": 0}

    def check_session(self, said: Any) -> None:  # noqa: ANN401
        """Raise unless the call is in a session that has not ended."""
        session = said.get("session") if isinstance(said, dict) else None
        if session not in self.sessions:
            raise Wrong("no such session", NO_SESSION)
        self.sessions[session] += 1
        if self.manners.session_calls and self.sessions[session] >= self.manners.session_calls:
            del self.sessions[session]

    def find(self, said: dict[str, Any]) -> dict[str, Any]:
        """Look a dossier up."""
        found = self.dossiers.get(said.get("mahoso", ""), [])
        return {"error_code": OK, "data": [one["dossier"] for one in found]}

    def write(self, said: dict[str, Any]) -> dict[str, Any]:
        """Make or change dossiers."""
        updating = said.get("isUpdating")
        if not isinstance(updating, str) or not FLAG.fullmatch(updating):
            raise Wrong("isUpdating is neither True nor False")
        for one in listed(said):
            if wrong := "; ".join(mistakes_of_dossier(one)):
                raise Wrong(wrong)
            known = self.dossiers.get(one["MaHoSo"], [])
            if updating == "True" and not known:
                raise Wrong("there is no such dossier", UNKNOWN)
            before = known[-1]["dossier"]["TrangThaiHoSo"] if updating == "True" else None
            self.check_status(before, one["TrangThaiHoSo"])
            if updating == "True":
                known[-1]["dossier"] = one
            else:
                made = {"dossier": one, "progress": [], "files": {}}
                self.dossiers[one["MaHoSo"]] = [*known, made]
        self.keep()
        return {"error_code": OK}

    def check_status(self, before: str | None, after: str) -> None:
        """Raise unless the one status may follow the other here."""
        deviates = self.manners.supplement_as_1
        if deviates and after == "5":
            raise Wrong("a supplement is sent as 1 here")
        if not follows(before, after) and not (deviates and after == "1"):
            raise Wrong(f"{after} cannot follow {before}")

    def add_progress(self, said: dict[str, Any]) -> dict[str, Any]:
        """Add steps to the progress of dossiers; the same step again is the same step."""
        for one in listed(said):
            if wrong := "; ".join(mistakes(one, PROGRESS)):
                raise Wrong(wrong)
            if one["MaHoSo"] not in self.dossiers:
                raise Wrong("there is no such dossier", UNKNOWN)
            progress = self.dossiers[one["MaHoSo"]][-1]["progress"]
            if one not in progress:
                progress.append(one)
        self.keep()
        return {"error_code": OK}

    def fetch(self, one: dict[str, Any]) -> None:
        """Fetch the files of a dossier, some time after it was told."""
        self.over.wait(self.manners.fetch_after)
        for file in one.get("TaiLieuNop", ()):
            answer = urllib3.request("GET", file["DuongDanTaiTepTin"], timeout=30, retries=3)
            with self.lock:
                kept = self.dossiers[one["MaHoSo"]][-1]["files"]
                kept[file["TepDinhKemId"]] = {"status": answer.status, "size": len(answer.data)}
                self.keep()
            note("fetched", answer.status, file["TepDinhKemId"])


def listed(said: dict[str, Any]) -> list[Any]:
    """Return the array a call brings; raises `Wrong`."""
    data = said.get("data")
    if not isinstance(data, list) or not data:
        raise Wrong("data is no list")
    return data


def note(*words: object) -> None:
    """Print one line; nothing personal is in it."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def flags_of(path: str) -> tuple[str, dict[str, str]]:
    """Return the service a path names and the flags in its query."""
    parts = urlsplit(path)
    return parts.path.strip("/").rpartition("/")[2], {
        name: values[0] for name, values in parse_qs(parts.query).items()
    }
