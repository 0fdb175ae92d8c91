"""The officers of the demo and their keys: made, registered and given as an office would do it."""

import subprocess
import sys
from pathlib import Path

from demo.acts import ROOT
from demo.stage import Stage

OFFICERS = ("giam-khao-1", "thu-ky-1")
RECOVERY = "gd-snv"
PASSPHRASE = "cau mat khau cua ban demo"  # noqa: S105  # of keys that seal a sample contest


def make_keys(stage: Stage) -> None:
    """Let the three holders make their keys, each with `sangkien seal`, and register them."""
    folder = folder_of(stage)
    folder.mkdir(parents=True, exist_ok=True)
    for holder in (*OFFICERS, RECOVERY):
        file = folder / f"{holder}.txt"
        file.unlink(missing_ok=True)
        caller = stage.caller(holder)
        public = seal("new", file)
        challenge = caller.put("/v1/sealing-key", {"public_key": public})["sealed"]
        answer = seal("answer", file, "--", challenge)
        caller.post("/v1/sealing-key/confirmation", {"answer": answer})
    print(f"  khóa niêm phong: {', '.join(OFFICERS)}; dự phòng: {RECOVERY}")


def opening(stage: Stage) -> dict[str, object]:
    """Say who holds the keys of a round."""
    officers = [stage.caller(officer).person_id for officer in OFFICERS]
    return {"officers": officers, "recovery": stage.caller(RECOVERY).person_id}


def unseal(stage: Stage, round_id: str) -> None:
    """Let both officers give their keys; the second opens the sheets."""
    for place, officer in enumerate(OFFICERS, start=1):
        opened = give_key(stage, round_id, officer)
        print(f"  khóa thứ {place}: {officer}; đã mở niêm phong: {opened}")
        if opened != (place == 2):
            raise AssertionError("two keys open the sheets, and one does not")


def give_key(stage: Stage, round_id: str, officer: str) -> bool:
    """Let an officer give their key; say whether that opened the sheets."""
    path = f"{stage.contest}/rounds/{round_id}/key"
    caller = stage.caller(officer)
    own = caller.get(path)
    file = folder_of(stage) / f"{officer}.txt"
    shares = seal("give", file, "--", own["sealed"], own["service_key"])
    return bool(caller.put(path, {"shares": shares})["opened"])


def folder_of(stage: Stage) -> Path:
    """Return where the demo keeps what its officers would keep on their own machines."""
    return ROOT / ".local" / stage.stack.name / "officers"


def seal(command: str, file: Path, *arguments: str) -> str:
    """Run `sangkien seal …`, without the groups of the other services; return what it prints."""
    alone = "from services.review.operating.seal import seal; seal()"
    done = subprocess.run(
        [sys.executable, "-c", alone, command, "--passphrase-stdin", str(file), *arguments],
        input=PASSPHRASE, text=True, check=True, capture_output=True, cwd=ROOT,
    )  # fmt: skip
    return done.stdout.strip()
