"""`sangkien recount export`, `ledger head` to carry heads out of reach, `ledger forget`."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from kernel.settings import load
from services.ledger import erasing, store
from services.ledger.domain.leaves import body_of, disclosed, instant
from services.ledger.kit import About, Key, opened, write_kit
from services.ledger.operating.chains import LedgerAt

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")


@click.group("recount", context_settings={"help_option_names": ["-h", "--help"]})
def recount() -> None:
    """Let anybody count a contest again, with `sangkien-recount`."""


@recount.command()
@click.argument("contest")
@click.option(
    "-o", "--output", "file", required=True, type=click.Path(dir_okay=False, path_type=Path)
)
@click.option("--tenant", required=True, help="Whose contest it is.")
def export(contest: str, file: Path, tenant: str) -> None:
    """Write the recount kit of CONTEST as its newest head covers it.

    The database is the one DATABASE_URL names. No name of a person is in the kit.
    """
    with reading(tenant) as session:
        heads = store.load_heads(session, contest)
        if not heads:
            raise click.ClickException(
                f"No head of a contest {contest} is signed yet; one is within a minute."
            )
        newest = heads[0]
        keys = tuple(Key(row.kid, row.x) for row in store.load_keys(session))
        about = About(tenant, contest, newest.size, newest.root, keys)
        with_authors = wins_once(session, contest, newest.size)
        with file.open("wb") as into:
            write_kit(
                into,
                about,
                (told(tenant, row) for row in reversed(heads)),
                shown(session, contest, newest.size, with_authors=with_authors),
            )
    click.echo(f"{file}: {about.size} events, head {about.root}")


@click.command("head")
@click.argument("contest")
@click.option("--tenant", required=True, help="Whose contest it is.")
@click.option("--print", "printed", is_flag=True, help="As text for minutes or a newspaper.")
def print_head(contest: str, tenant: str, *, printed: bool) -> None:
    """Show the newest signed head of CONTEST, as JSON or as Vietnamese text to be printed."""
    with reading(tenant) as session:
        heads = store.load_heads(session, contest, limit=1)
        if not heads:
            raise click.ClickException(f"No head of a contest {contest} is signed yet.")
        key = next(row for row in store.load_keys(session) if row.kid == heads[0].kid)
        head = told(tenant, heads[0])
        click.echo(
            in_print(head, heads[0].at, key.x) if printed else json.dumps(head, ensure_ascii=False)
        )


@click.command()
@click.argument("person")
@click.option("--tenant", required=True, help="In whose ledger.")
def forget(person: str, tenant: str) -> None:
    """Forget what was said of PERSON, an opaque id: remove the salts of its digests.

    The chain still verifies; what the digests stand for can no longer be guessed.
    """
    with reading(tenant, read_only=False) as session:
        gone = store.forget_person(session, person)
    click.echo(f"{gone} salts removed; the chain is as it was")


@click.command("erasure")
@click.argument("contest")
@click.option("--tenant", required=True, help="Whose contest it is.")
@click.option("--print", "printed", is_flag=True, help="As text for the file of the contest.")
def show_erasure(contest: str, tenant: str, *, printed: bool) -> None:
    """Show what the record says of the forgetting of CONTEST's entrants, under its newest head.

    Not done, with exit status 1, until every service that knew them has said that it forgot them.
    """
    with reading(tenant) as session:
        found = erasing.certificate(session, tenant, contest)
    if found is None:
        raise click.ClickException(f"No signed head covers a forgetting of {contest} yet.")
    click.echo(erasing.in_print(found) if printed else json.dumps(found, ensure_ascii=False))
    if found["missing"] or found["salts_left"]:
        raise SystemExit(1)


def told(tenant: str, row: store.TreeHeadRow) -> dict[str, Any]:
    """Write a head as kits and outside copies have it."""
    return {
        "tenant": tenant,
        "contest_id": row.contest_id,
        "size": row.size,
        "root": row.root,
        "at": instant(row.at),
        "milestone": row.milestone,
        "kid": row.kid,
        "signature": row.signature,
    }


def in_print(head: dict[str, Any], at: datetime, x: str) -> str:
    """Write a head for people to copy into minutes or a newspaper."""
    local = at.astimezone(LOCAL)
    root = " ".join(head["root"][i : i + 8] for i in range(0, 64, 8))
    return "\n".join(
        (
            f"DẤU XÁC NHẬN SỔ GHI CUỘC THI {head['contest_id']}",
            f"Lập lúc {local:%H:%M:%S} ngày {local:%d/%m/%Y} (giờ Việt Nam).",
            f"Đến thời điểm này, sổ ghi có {head['size']} sự kiện, với mã băm:",
            f"  {root}",
            f"Khóa công khai {head['kid']}: {x}",
            f"Chữ ký: {head['signature']}",
            "Ai giữ bản in này đều kiểm tra được rằng về sau không sự kiện nào trong số đó",
            "bị sửa, bị bỏ hay bị chèn thêm: sangkien-recount verify TỆP --head DẤU.json",
            json.dumps(head, ensure_ascii=False),
        )
    )


def wins_once(session: Session, contest: str, size: int) -> bool:
    """Say whether the rules ever let an author win one prize only."""
    return any(
        json.loads(recorded.body or "{}")["body"]["rules"]["awarding"]["per_author"] == "best"
        for _, recorded in store.read_leaves(session, contest, size)
        if recorded.type in {"intake.ContestOpened", "intake.ContestAmended"}
    )


def shown(session: Session, contest: str, size: int, *, with_authors: bool) -> Iterator[list[Any]]:
    """Read the events of a contest with what a kit shows of them."""
    for leaf, recorded in store.read_leaves(session, contest, size):
        names = opened(recorded.type, with_authors=with_authors)
        yield disclosed(recorded, body_of(recorded), leaf.salt, names)


@contextmanager
def reading(tenant: str, *, read_only: bool = True) -> Iterator[Session]:
    """Open a tenant's rows as they are at one instant."""
    level = "REPEATABLE READ" if read_only else "READ COMMITTED"
    engine = create_engine(load(LedgerAt).database_url, isolation_level=level)
    with Session(engine) as session, session.begin():
        store.show(session, tenant)
        yield session
    engine.dispose()
