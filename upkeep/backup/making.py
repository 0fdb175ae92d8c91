"""Making a backup while the platform runs: the cut, tables, rules, objects, keys, manifest."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from upkeep.backup import cut, documents, keys, manifest, tables
from upkeep.backup.files import Folder
from upkeep.backup.manifest import Chain, Keys, Manifest, Service
from upkeep.backup.places import Place

_HEADS = "SELECT tenant, chain, length, digest FROM head ORDER BY tenant, chain"
_RULES = "SELECT tenant, contest_id, number, source FROM rules ORDER BY tenant, contest_id, number"


@dataclass(frozen=True)
class Wish:
    """How a backup is to be made; `earlier` is a backup that unchanged objects are shared with."""

    close: keys.Close
    closed: str
    patience: float
    earlier: Path | None
    note: Callable[[str], object]


def make(places: Sequence[Place], path: Path, wish: Wish) -> tuple[Manifest, str]:
    """Make a backup; return its manifest, and the manifest's digest.

    Raises `NotEmpty`, `NoCut`, `NoBackup` of the earlier one, and what servers raise.
    """
    before = (wish.earlier, manifest.read(wish.earlier)) if wish.earlier else None
    folder = Folder.begin(path)
    began = datetime.now(UTC)
    with cut.take(places, wish.patience) as taken:
        wish.note(f"cut at {taken.at:%Y-%m-%d %H:%M:%S.%f}; hearing held {taken.held_seconds} s")
        services = {
            name: _rows(reader, folder, name, wish) for name, reader in taken.readers.items()
        }
        heads = _heads(taken.readers.get("ledger"))
        _keep_rules(taken.readers.get("intake"), folder)
    for place in places:
        if files := place.bucket:
            earlier = documents.Earlier(*before, place.service) if before else None
            copied = documents.copy(files, place.service, folder, earlier)
            services[place.service] = _with(services[place.service], copied)
            wish.note(f"{place.service}: {copied.count} objects, {copied.copied} of them copied")
    made = Manifest(
        format=manifest.FORMAT,
        began_at=began,
        cut_at=taken.at,
        held_seconds=taken.held_seconds,
        ended_at=datetime.now(UTC),
        services=services,
        heads=heads,
        keys=_keep_keys(places, folder, wish),
        files=tuple(folder.files),
    )
    return made, manifest.write(path, made)


def _rows(reader: Any, folder: Folder, service: str, wish: Wish) -> Service:  # noqa: ANN401
    dumped = tuple(tables.dump(reader, table, folder, service) for table in tables.names(reader))
    wish.note(f"{service}: {sum(table.rows for table in dumped)} rows of {len(dumped)} tables")
    return Service(
        revisions=tables.revisions(reader),
        tables=dumped,
        sequences=tables.sequences(reader),
        positions=tables.positions(reader),
        documents=None,
    )


def _with(service: Service, copied: manifest.Documents) -> Service:
    return Service(service.revisions, service.tables, service.sequences, service.positions, copied)


def _heads(reader: Any) -> tuple[Chain, ...]:  # noqa: ANN401
    return tuple(Chain(*row) for row in tables.asked(reader, _HEADS)) if reader else ()


def _keep_rules(reader: Any, folder: Folder) -> None:  # noqa: ANN401
    """Write each contest's rules as they were given in, so that they can be read without us."""
    for tenant, contest, number, source in tables.asked(reader, _RULES) if reader else ():
        with folder.writing(f"rules/{tenant}/{contest}-{number}.yaml") as into:
            into.write(source.encode())


def _keep_keys(places: Sequence[Place], folder: Folder, wish: Wish) -> Keys:
    found = {
        f"{place.service}/{name}": key for place in places for name, key in place.keys.items()
    }
    path = "keys.json" if wish.closed == "plain" else "keys.closed"
    with folder.writing(path) as into:
        into.write(wish.close(keys.packed(found)))
    return Keys(path, wish.closed, keys.digests(found))
