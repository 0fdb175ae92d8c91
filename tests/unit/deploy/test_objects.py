"""What each service's key opens in the object store."""

import json

import pytest

from deploy.local import objects
from deploy.local.instance import SERVICES

PASSWORDS = {f"bucket {name}": f"secret {name}" for name in (objects.ADMINISTRATOR, *SERVICES)}


def actions() -> dict[str, list[str]]:
    identities = json.loads(objects.identities(PASSWORDS))["identities"]
    return {each["name"]: each["actions"] for each in identities}


@pytest.mark.parametrize("service", [name for name in SERVICES if name != "originality"])
def test_a_service_opens_its_own_bucket_alone(service):
    result = actions()[service]

    assert result == [f"{deed}:{service}" for deed in ("Read", "Write", "List", "Tagging")]


def test_originality_may_also_read_what_was_handed_in():
    result = actions()["originality"]

    assert set(result) - {
        f"{deed}:originality" for deed in ("Read", "Write", "List", "Tagging")
    } == {"Read:intake"}


def test_every_key_has_its_own_secret():
    identities = json.loads(objects.identities(PASSWORDS))["identities"]

    assert {each["name"]: each["credentials"] for each in identities} == {
        name: [{"accessKey": name, "secretKey": f"secret {name}"}]
        for name in (objects.ADMINISTRATOR, *SERVICES)
    }
