"""`sangkien ledger …`: check the chains, and carry them out of reach.

Exit status: 0 intact, 1 broken, 2 wrong usage.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from msgspec import Struct
from sqlalchemy import create_engine, select, union
from sqlalchemy.orm import Session

from kernel.settings import load
from services.ledger import copies, seals, store
from services.ledger.domain import Broken, Head, Line, verify


class LedgerAt(Struct, frozen=True, kw_only=True):
    """Where the chains are kept.

    database_url: The ledger's database, `postgresql+psycopg2://user:password@host/name`.
    """

    database_url: str


@click.group("ledger", context_settings={"help_option_names": ["-h", "--help"]})
def group() -> None:
    """Check the chains of events, in the database or in a copy of it."""


@group.command(name="verify")
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--tenant", help="Only this tenant's chain.")
def verify_chains(file: Path | None, tenant: str | None) -> None:
    """Recompute every link of the database DATABASE_URL names, or of the exported FILE."""
    if file is None:
        with chains_in_database(tenant) as chains:
            verdicts = [report(*chain) for chain in chains]
    else:
        try:
            with file.open("rb") as source:
                chains = (
                    chain for chain in copies.read_chains(source) if tenant in (None, chain[0])
                )
                verdicts = [report(*chain) for chain in chains]
        except copies.CopyUnreadable as error:
            raise click.ClickException(f"{file}: {error}") from error
    if tenant and not verdicts:
        raise click.UsageError(f"There is no chain of a tenant {tenant}.")
    if not all(verdicts):
        raise SystemExit(1)


@group.command(name="seals")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check_seals(file: Path) -> None:
    """Compare every opened score sheet in the exported FILE with its seal."""
    sound = True
    try:
        with file.open("rb") as source:
            for tenant, _, lines in copies.read_chains(source):
                found = seals.check(lines)
                counts = f"{found.agree} sheets as they were sealed, {found.closed} sealed yet"
                click.echo(f"{tenant}: {counts}")
                for word, sheets in (("CHANGED", found.changed), ("NOT SEALED", found.unsealed)):
                    for sheet in sheets:
                        click.echo(f"{tenant}: {word}: {' '.join(map(str, sheet))}", err=True)
                        sound = False
    except copies.CopyUnreadable as error:
        raise click.ClickException(f"{file}: {error}") from error
    if not sound:
        raise SystemExit(1)


@group.command()
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--tenant", help="Only this tenant's chain.")
def export(file: Path, tenant: str | None) -> None:
    """Write the chains to FILE as JSON lines; `ledger verify FILE` checks it anywhere."""
    with chains_in_database(tenant) as chains, file.open("wb") as into:
        for name, head, lines in chains:
            copies.write_chain(into, name, head, lines)
            click.echo(f"{name}: {head.length} links written, head {head.digest}")


def report(tenant: str, head: Head, lines: Iterable[Line]) -> bool:
    """Verify one chain and say what was found; False if it is broken."""
    verdict = verify(tenant, lines, head)
    if isinstance(verdict, Broken):
        click.echo(
            f"{tenant}: BROKEN at link {verdict.at}: {verdict.why.value}. "
            f"The {verdict.at - 1} links before it stand, from there on nothing is certain. "
            "Change nothing, secure a copy with `sangkien ledger export`, and compare "
            f"link {verdict.at} with an earlier export or backup.",
            err=True,
        )
        return False
    click.echo(f"{tenant}: intact, {head.length} links, head {head.digest}")
    return True


@contextmanager
def chains_in_database(
    only: str | None,
) -> Iterator[Iterator[tuple[str, Head, Iterator[Line]]]]:
    """Open the tenants' chains as they are at one instant, read in batches."""
    # One snapshot: what is appended meanwhile is not half of the picture.
    engine = create_engine(load(LedgerAt).database_url, isolation_level="REPEATABLE READ")
    with Session(engine) as session, session.begin():
        store.show(session, "*")
        known = union(select(store.HeadRow.tenant), select(store.LineRow.tenant))
        tenants = sorted(session.scalars(known))
        if only is not None and only not in tenants:
            raise click.UsageError(f"There is no chain of a tenant {only}.")
        yield (open_chain(session, name) for name in tenants if only in (None, name))
    engine.dispose()


def open_chain(session: Session, tenant: str) -> tuple[str, Head, Iterator[Line]]:
    """Read a tenant's head, and its links as they are asked for."""
    store.show(session, tenant)
    head = store.load_head(session, tenant)
    return tenant, head, store.read_lines(session, up_to=head.length)
