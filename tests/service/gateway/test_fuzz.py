"""Whatever is sent to the API, it answers as its description says: schemathesis, every check."""

import os

import pytest

from services.gateway.domain import AUTHORITY_ROLE, PLAIN_ROLES
from tests.service.gateway.conftest import start
from tests.service.gateway.fuzzing import fuzz, running
from tests.service.gateway.test_api import RULES, YAML

pytestmark = pytest.mark.slow
ROLES = ("operator", *sorted(PLAIN_ROLES), "authority:UBND_TINH")


@pytest.fixture(scope="module")
def originality(servers, clock):
    """Run the one service that other tests of the gateway do without."""
    process = start(servers, "originality", clock)
    yield process
    process.terminate()
    process.wait(timeout=10)
    process.stdout.close()


@pytest.fixture
def gateway(environment, tenant, behind, originality):
    assert all(process.poll() is None for process in (*behind, originality))
    with running(environment, tenant) as address:
        yield address


@pytest.fixture
def tokens(http, sign_in) -> list[str]:
    """Return tokens of two people with every role, in a tenant with a contest."""
    assert AUTHORITY_ROLE.fullmatch(ROLES[-1])
    both = [sign_in(*ROLES), sign_in(*ROLES)]
    assert http.post("/v1/contests", content=RULES, headers=both[0] | YAML).status_code == 201
    return [one["Authorization"].partition(" ")[2] for one in both]


# Tried whole on every run of the tests; `make api-fuzz` tries everything so.
TOPICS = ("entries", "clients", "tokens", "contests")
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "0"))


def test_every_operation_answers_its_sample_as_it_is_described(gateway, tokens, tmp_path):
    phases = "examples,coverage,fuzzing" if EXAMPLES else "examples"

    found = fuzz(
        gateway, tokens, tmp_path, "--phases", phases, "--max-examples", str(EXAMPLES or 1)
    )

    assert found.returncode == 0, found.stdout[-20_000:]


def test_operations_answer_anything_as_they_are_described(gateway, tokens, tmp_path):
    chosen = [option for topic in TOPICS for option in ("--include-tag", topic)]

    found = fuzz(
        gateway, tokens, tmp_path, "--phases", "coverage,stateful", "--max-examples", "2", *chosen
    )

    assert found.returncode == 0, found.stdout[-20_000:]
