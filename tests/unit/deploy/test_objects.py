"""What each service's key opens in the object store."""

import json

import pytest

from deploy.rights import ADMINISTRATOR, READS, SERVICES, minio_policy, seaweedfs_identities

SECRETS = {name: f"secret {name}" for name in (ADMINISTRATOR, *SERVICES)}


def actions() -> dict[str, list[str]]:
    identities = json.loads(seaweedfs_identities(SECRETS))["identities"]
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
    identities = json.loads(seaweedfs_identities(SECRETS))["identities"]

    assert {each["name"]: each["credentials"] for each in identities} == {
        name: [{"accessKey": name, "secretKey": f"secret {name}"}]
        for name in (ADMINISTRATOR, *SERVICES)
    }


@pytest.mark.parametrize("service", SERVICES)
def test_a_policy_opens_the_same_buckets_in_a_store_of_another_make(service):
    opened = {
        (action, name.removeprefix("arn:aws:s3:::"))
        for statement in minio_policy(service)["Statement"]
        for action in statement["Action"]
        for name in statement["Resource"]
    }

    assert opened == {
        ("s3:*", service),
        ("s3:*", f"{service}/*"),
        *(("s3:GetObject", f"{other}/*") for other in READS.get(service, ())),
    }
