"""What each service's broker user may do."""

import base64
import hashlib
import json
import re
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deploy import rights
from deploy.rights import SERVICES

others = [(one, other) for one in SERVICES for other in SERVICES if one != other]
topics = st.from_regex(r"[a-z][a-z0-9._-]{0,20}", fullmatch=True)


def allowed(service: str, names: Iterable[str]) -> dict[str, list[str]]:
    patterns = rights.broker_permissions(service)
    return {deed: [name for name in names if re.search(patterns[deed], name)] for deed in patterns}


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_writes_on_its_own_exchange_and_hears_every_exchange(service):
    result = allowed(service, SERVICES)

    assert result == {"configure": [service], "write": [service], "read": list(SERVICES)}


@pytest.mark.parametrize("service", SERVICES)
@given(topic=topics)
def test_a_service_does_as_it_likes_with_its_own_queues(service, topic):
    queue = f"{service}.{topic}"

    result = allowed(service, [queue])

    assert result == {"configure": [queue], "write": [queue], "read": [queue]}


@pytest.mark.parametrize(("service", "other"), others)
@given(topic=topics)
def test_a_service_cannot_touch_the_queues_of_another(service, other, topic):
    result = allowed(service, [f"{other}.{topic}"])

    assert result == {"configure": [], "write": [], "read": []}


@pytest.mark.parametrize("service", SERVICES)
def test_a_name_that_merely_begins_like_the_service_is_not_its_own(service):
    result = allowed(service, [f"{service}x", f"x{service}", f"{service}-dead", "amq.default", ""])

    assert result == {"configure": [], "write": [], "read": []}


def test_the_broker_can_check_a_password_it_is_given_as_a_hash():
    passwords = dict.fromkeys((rights.OPERATOR, *SERVICES), "sáng kiến")

    users = json.loads(rights.broker_definitions(passwords))["users"]

    for user in users:
        stored = base64.b64decode(user["password_hash"])
        assert stored[4:] == hashlib.sha256(stored[:4] + "sáng kiến".encode()).digest()


def test_only_the_operator_administers():
    passwords = dict.fromkeys((rights.OPERATOR, *SERVICES), "secret")

    users = json.loads(rights.broker_definitions(passwords))["users"]

    assert {user["name"]: user["tags"] for user in users} == {
        "operator": ["administrator"],
        **{service: [] for service in SERVICES},
    }


def test_every_service_has_a_durable_topic_exchange_of_its_name():
    passwords = dict.fromkeys((rights.OPERATOR, *SERVICES), "secret")

    exchanges = json.loads(rights.broker_definitions(passwords))["exchanges"]

    assert [(each["name"], each["type"], each["durable"]) for each in exchanges] == [
        (service, "topic", True) for service in SERVICES
    ]


def test_no_password_stands_in_the_definitions():
    passwords = {name: f"secret of {name}" for name in (rights.OPERATOR, *SERVICES)}

    text = rights.broker_definitions(passwords)

    assert "secret of" not in text
