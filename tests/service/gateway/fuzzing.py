"""The gateway as a process of its own, and schemathesis sent at it with every check on.

`python -m pytest tests/service/gateway/test_fuzz.py` does it briefly, `make api-fuzz` for longer.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

HERE = Path(__file__).parent
PROGRAM = Path(sys.executable).with_name("schemathesis")
SEED = "20220701"


@contextmanager
def running(environment: dict[str, str], tenant: str) -> Iterator[str]:
    """Run a gateway of its own; yield its address."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    told = environment | {
        "HTTP_PORT": str(port), "HEALTH_PORT": "0", "DEFAULT_TENANT": tenant,
        "REQUESTS_A_MINUTE": "0", "VISITOR_REQUESTS_A_MINUTE": "0", "BEAT_SECONDS": "0",
        "ASK_SECONDS": "120",  # a busy machine is no fault of the API
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "kernel.runner", "gateway"], env=os.environ | told
    )
    address = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + 300
        while not answers(address):
            assert process.poll() is None, "the gateway did not start"
            assert time.monotonic() < until, "the gateway does not answer"
            time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def answers(address: str) -> bool:
    """Say whether the gateway and what is behind it answer."""
    try:
        return httpx.get(f"{address}/v1/contests", timeout=20).is_success
    except httpx.TransportError:
        return False


def fuzz(
    address: str, tokens: list[str], folder: Path, *options: str
) -> subprocess.CompletedProcess[str]:
    """Send schemathesis at the gateway as two sign-ins; its report is what it prints.

    What it keeps of a run is in the folder.
    """
    return subprocess.run(
        [
            *(str(PROGRAM), "--config-file", str(HERE / "schemathesis.toml"), "--no-color"),
            *("run", f"{address}/schema/openapi.json", "--checks", "all", "--seed", SEED),
            *("--warnings", "off", "--continue-on-failure"),
            *("--generation-deterministic", "--suppress-health-check", "all", *options),
        ],
        capture_output=True, text=True, check=False, cwd=folder,
        env=os.environ | {"TOKEN": tokens[0], "SPARE_TOKEN": tokens[1]},
    )  # fmt: skip
