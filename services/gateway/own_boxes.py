"""The table of persons' own keys, and the key that goes with a sign-in."""

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from kernel.database import Database, Origin, Row
from services.gateway import boxes, domain
from services.gateway.boxes import CannotOpen, OwnBox
from services.gateway.sign_ins import SignInRow
from services.gateway.store import Table


class OwnBoxRow(Row, Table):
    """One row per person who has signed in: their key, which their password opens."""

    __tablename__ = "own_box"

    account_id: Mapped[str] = mapped_column(primary_key=True)
    public_key: Mapped[bytes]
    under_password: Mapped[bytes]


def box_by_password(database: Database, tenant: str, account_id: str, password: str) -> OwnBox:
    """Return a person's key; a fresh one the first time, and when the password is another."""
    while True:
        kept = _kept(database, tenant, account_id)
        if kept is not None:
            try:
                return boxes.by_password(kept.under_password, password)
            except CannotOpen:  # somebody has given them another password
                _replace(database, tenant, kept, password)
        else:
            _add(database, tenant, account_id, password)


def box_by_token(database: Database, token: str) -> OwnBox | None:
    """Return the key of a sign-in; None where it began before there were such keys."""
    tenant = token.partition(".")[0]
    with database.work(Origin.own("gateway", tenant), read_only=True) as work:
        query = select(SignInRow.box).where(SignInRow.token_digest == domain.token_digest(token))
        kept = work.session.scalar(query)
    return None if kept is None else boxes.by_token(kept, token)


def is_open(database: Database, token: str) -> bool:
    """Tell whether a sign-in has its key."""
    tenant = token.partition(".")[0]
    with database.work(Origin.own("gateway", tenant), read_only=True) as work:
        query = select(SignInRow.box).where(SignInRow.token_digest == domain.token_digest(token))
        return work.session.scalar(query) is not None


def exists(database: Database, tenant: str, account_id: str) -> bool:
    """Tell whether somebody has a key."""
    return _kept(database, tenant, account_id) is not None


def open_kept(database: Database, tenant: str, account_id: str, password: str) -> OwnBox:
    """Return somebody's key; raises `CannotOpen`, and replaces nothing."""
    kept = _kept(database, tenant, account_id)
    if kept is None:
        raise CannotOpen
    return boxes.by_password(kept.under_password, password)


def make_anew(database: Database, tenant: str, account_id: str, password: str) -> None:
    """Give somebody a fresh key; what was sealed to the one before stays closed."""
    new = _sealed(password)
    with database.work(Origin.own("gateway", tenant)) as work:
        query = insert(OwnBoxRow).values(account_id=account_id, **new)
        work.session.execute(
            query.on_conflict_do_update(index_elements=["tenant", "account_id"], set_=new)
        )


def seal_again(session: Session, account_id: str, box: OwnBox, password: str) -> None:
    """Keep a key under another password."""
    ours = OwnBoxRow.account_id == account_id
    kept = {"under_password": boxes.under_password(box, password)}
    session.execute(update(OwnBoxRow).where(ours).values(**kept))


def _kept(database: Database, tenant: str, account_id: str) -> OwnBoxRow | None:
    with database.work(Origin.own("gateway", tenant), read_only=True) as work:
        return work.session.scalar(select(OwnBoxRow).where(OwnBoxRow.account_id == account_id))


def _add(database: Database, tenant: str, account_id: str, password: str) -> None:
    new = _sealed(password)
    with database.work(Origin.own("gateway", tenant)) as work:
        query = insert(OwnBoxRow).values(account_id=account_id, **new)
        work.session.execute(query.on_conflict_do_nothing())


def _replace(database: Database, tenant: str, kept: OwnBoxRow, password: str) -> None:
    same = (OwnBoxRow.account_id == kept.account_id) & (OwnBoxRow.public_key == kept.public_key)
    with database.work(Origin.own("gateway", tenant)) as work:
        work.session.execute(update(OwnBoxRow).where(same).values(**_sealed(password)))


def _sealed(password: str) -> dict[str, bytes]:
    box = OwnBox.fresh()
    return {
        "public_key": box.public,
        "under_password": boxes.under_password(box, password),
    }


def keep_with(session: Session, digest: str, kept: bytes) -> None:
    """Keep a key with a sign-in."""
    ours = SignInRow.token_digest == digest
    session.execute(update(SignInRow).where(ours).values(box=kept))
