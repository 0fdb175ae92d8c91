"""`python -m tests.contract.columns`: freeze which columns this version uses, at its release.

While copies are replaced one by one, that version runs on the tables of the next. What a version
no longer uses leaves these files with its release, and may be dropped in the one after it.
"""

import inspect
import json
import sys
from pathlib import Path

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

from deploy.local.instance import SERVICES
from docs.generator.entrypoints import parts_of
from kernel.tables import Table

USED = Path(__file__).parent / "used"


def tables_of(service: str) -> list[MetaData]:
    """Return what the code says of a service's tables, the kernel's among them."""
    bases = {
        kind
        for module in parts_of(f"services.{service}")
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if DeclarativeBase in kind.__bases__ and kind.__module__.startswith("services.")
    }
    return [Table.metadata, *(base.metadata for base in bases)]


def used_by(service: str) -> dict[str, list[str]]:
    """Return the columns that the code of a service uses, by table."""
    tables = [table for each in tables_of(service) for table in each.tables.values()]
    return {
        table.name: sorted(column.name for column in table.columns)
        for table in sorted(tables, key=lambda table: table.name)
    }


def main() -> None:
    """Write them, and say for which services."""
    USED.mkdir(exist_ok=True)
    for service in SERVICES:
        text = json.dumps(used_by(service), indent=1) + "\n"
        (USED / f"{service}.json").write_text(text)
        sys.stdout.write(f"{service}\n")


if __name__ == "__main__":
    main()
