"""Make the passwords of the platform in containers: `python3 -m deploy.containers.make_secrets`.

Writes one file per secret of docker-compose.yml into `deploy/secrets/` (or the folder named on the
command line). Passwords that are there stay; delete `passwords.json` to get new ones everywhere.
Runs with the standard library alone.
"""

import json
import secrets
import sys
from pathlib import Path

from deploy.rights import (
    ADMINISTRATOR,
    OPERATOR,
    SERVICES,
    VIRTUAL_HOST,
    broker_definitions,
    seaweedfs_identities,
)

FOLDER = Path(__file__).resolve().parents[1] / "secrets"

# The names of the servers among the containers.
BROKER, DATABASE, STORE = "rabbitmq:5672", "postgres:5432", "http://store:9000"


def rendered(passwords: dict[str, str]) -> dict[str, str]:
    """Return the content of each file by its name; add to `passwords` what is missing."""

    def password(purpose: str) -> str:
        return passwords.setdefault(purpose, secrets.token_hex(24))

    broker = {name: password(f"broker {name}") for name in (OPERATOR, *SERVICES)}
    store = {name: password(f"store {name}") for name in (ADMINISTRATOR, *SERVICES)}
    files = {
        "database_password": password(f"database {ADMINISTRATOR}"),
        "store_user": ADMINISTRATOR,
        "store_password": store[ADMINISTRATOR],
        "store_identities": seaweedfs_identities(store),
        "broker_definitions": broker_definitions(broker),
        "receipt_key": passwords.setdefault("receipt key", secrets.token_hex(32)),
        "sealing_key": passwords.setdefault("sealing key", secrets.token_hex(32)),
        "ledger_key": passwords.setdefault("ledger key", secrets.token_hex(32)),
        "door_key": passwords.setdefault("door key", secrets.token_hex(32)),
        "operator_amqp_url": _amqp_url(OPERATOR, broker[OPERATOR]),
    }
    for service in SERVICES:
        login = f"{service}:{password(f'database {service}')}"
        files |= {
            f"{service}_amqp_url": _amqp_url(service, broker[service]),
            f"{service}_database_url": f"postgresql+psycopg2://{login}@{DATABASE}/{service}",
            f"{service}_s3_secret": store[service],
        }
    files["places"] = json.dumps({name: _place(name, files) for name in SERVICES}, indent=1)
    return files


def _place(service: str, files: dict[str, str]) -> dict[str, str]:
    """Return what a backup must know of a service, as its containers are told it."""
    keys = {"intake": "receipt", "review": "sealing", "ledger": "ledger", "gateway": "door"}
    key = keys.get(service)
    return {
        "AMQP_URL": files[f"{service}_amqp_url"],
        "DATABASE_URL": files[f"{service}_database_url"],
        "S3_URL": STORE,
        "S3_KEY": service,
        "S3_SECRET": files[f"{service}_s3_secret"],
        "BUCKET": service,
        **({f"{key.upper()}_KEY": files[f"{key}_key"]} if key else {}),
    }


def _amqp_url(user: str, password: str) -> str:
    return f"pyamqp://{user}:{password}@{BROKER}/{VIRTUAL_HOST}"


def make(folder: Path) -> None:
    """Write the files, and the passwords they were made of."""
    # A container reads its secrets as a user of another number; so the files may be read by all,
    # and the folder, which nobody else may enter, keeps this machine's other users out.
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    kept = folder / "passwords.json"
    passwords = json.loads(kept.read_text()) if kept.exists() else {}
    files = rendered(passwords)
    for name, content in files.items():
        draft = folder / f".{name}"
        draft.write_text(content)
        draft.chmod(0o444)
        draft.replace(folder / name)
    kept.touch(mode=0o600)
    kept.write_text(json.dumps(passwords, indent=1))


def main() -> None:
    """Make them in the folder named on the command line, or in `deploy/secrets/`."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    make(folder)
    print(f"The secrets are in {folder}; next: docker compose up --build --wait")


if __name__ == "__main__":
    main()
