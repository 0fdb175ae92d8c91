"""What each service may do at the servers, wherever they run: on this machine or in containers.

Every service publishes on the exchange of its name, and its queues begin with its name; so that
is all its broker user may write, and beyond its own queues it may read only what the others
publish. It has a database and a bucket of its own, and of other buckets it reads those in `READS`.
Imports the standard library alone, as passwords are made before anything is installed.
"""

import base64
import hashlib
import json
import os
from collections.abc import Mapping
from typing import Any

SERVICES = ("intake", "originality", "review", "awards", "notify", "ledger", "gateway")

VIRTUAL_HOST = "sangkien"

# Who may do everything at the broker; the others who may are each server's administrator.
OPERATOR = "operator"
ADMINISTRATOR = "administrator"

# What a service's role in the database is: nobody special.
ROLE = "login nosuperuser nocreatedb nocreaterole nobypassrls"

# Whose bucket a service may read beside its own.
READS = {"originality": ("intake",)}


def broker_permissions(service: str) -> dict[str, str]:
    """Return the patterns of what the service's user may configure, write and read."""
    own = rf"^{service}(\..*)?$"
    return {"configure": own, "write": own, "read": rf"^({service}\..*|{'|'.join(SERVICES)})$"}


def broker_definitions(passwords: Mapping[str, str]) -> str:
    """Return the definitions the node loads at every start: users, rights, exchanges."""
    users = [
        {
            "name": name,
            "password_hash": _hashed(passwords[name]),
            "hashing_algorithm": "rabbit_password_hashing_sha256",
            "tags": ["administrator"] if name == OPERATOR else [],
        }
        for name in (OPERATOR, *SERVICES)
    ]
    everything = {"configure": ".*", "write": ".*", "read": ".*"}
    rights = {OPERATOR: everything} | {name: broker_permissions(name) for name in SERVICES}
    exchange = {"vhost": VIRTUAL_HOST, "type": "topic", "durable": True, "auto_delete": False}
    return json.dumps(
        {
            "vhosts": [{"name": VIRTUAL_HOST}],
            "users": users,
            "permissions": [
                {"user": user, "vhost": VIRTUAL_HOST, **allowed}
                for user, allowed in rights.items()
            ],
            "exchanges": [
                {"name": name, "internal": False, "arguments": {}, **exchange} for name in SERVICES
            ],
        },
        indent=1,
    )


def _hashed(password: str) -> str:
    # https://www.rabbitmq.com/docs/passwords: four bytes of salt, then SHA-256 of salt + password
    salt = os.urandom(4)
    return base64.b64encode(salt + hashlib.sha256(salt + password.encode()).digest()).decode()


def minio_policy(service: str) -> dict[str, Any]:
    """Return what the service's key opens, in the language of S3's policies."""
    own = [f"arn:aws:s3:::{service}", f"arn:aws:s3:::{service}/*"]
    others = [f"arn:aws:s3:::{other}/*" for other in READS.get(service, ())]
    statements = [{"Effect": "Allow", "Action": ["s3:*"], "Resource": own}]
    if others:
        statements.append({"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": others})
    return {"Version": "2012-10-17", "Statement": statements}


def seaweedfs_identities(secrets: Mapping[str, str]) -> str:
    """Return SeaweedFS's list of keys and what each opens; `secrets` is by name."""
    everything = ("Read", "Write", "List", "Tagging")
    actions = {ADMINISTRATOR: ["Admin", *everything]}
    for service in SERVICES:
        own = [f"{action}:{service}" for action in everything]
        actions[service] = own + [f"Read:{other}" for other in READS.get(service, ())]
    identities = [
        {
            "name": name,
            "actions": allowed,
            "credentials": [{"accessKey": name, "secretKey": secrets[name]}],
        }
        for name, allowed in actions.items()
    ]
    return json.dumps({"identities": identities}, indent=1)
