"""Second steps of signing in: codes of an app (RFC 6238) and codes for when it is lost.

The seed is kept sealed under the first key of the setting `door_key`; one sealed under an older
key is sealed anew when it is used. Of recovery codes, digests are kept. A code is good once.
Start with `check`.
"""

import secrets
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from hashlib import sha256

import pyotp
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from sqlalchemy import BigInteger, DateTime, String, delete, select
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from kernel.database import Row
from kernel.errors import Refused
from services.gateway import domain
from services.gateway.store import Table

STEP = 30  # seconds
RECOVERY_CODES = 10


class WrongCode(Refused):
    """The code is not right, or was used already; wait for the next one."""


class CodeNeeded(Refused):
    """This account signs in with a second step; send the code of its app as well."""


class NoDoorKey(Refused):
    """Second steps are not set up here yet; the operator has to set DOOR_KEY first."""


class SecondStepRow(Row, Table):
    """One row per person with a second step; not in force until a first code was right."""

    __tablename__ = "second_step"

    account_id: Mapped[str] = mapped_column(primary_key=True)
    sealed_seed: Mapped[bytes]
    confirmed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)
    recovery: Mapped[list[str]] = mapped_column(ARRAY(String))


class HouseRuleRow(Row, Table):
    """What a tenant asks of those who sign in: the roles that need a second step."""

    __tablename__ = "house_rule"

    second_step_roles: Mapped[list[str]] = mapped_column(ARRAY(String))


def is_set(session: Session, account_id: str) -> bool:
    """Tell whether an account signs in with a second step."""
    row = _row(session, account_id, locked=False)
    return row is not None and row.confirmed_at is not None


def is_needed(session: Session, roles: Iterable[str]) -> bool:
    """Tell whether the tenant wants a second step of somebody with these roles."""
    asked = session.scalar(select(HouseRuleRow.second_step_roles)) or []
    plain = {role.partition(":")[0] for role in roles}
    return not plain.isdisjoint(asked)


def set_needed(session: Session, roles: Iterable[str]) -> None:
    """Write down which roles need a second step."""
    wanted = sorted(roles)
    query = insert(HouseRuleRow).values(second_step_roles=wanted)
    changed = {"second_step_roles": wanted}
    session.execute(query.on_conflict_do_update(index_elements=["tenant"], set_=changed))


def prepare(session: Session, account_id: str, door_key: str) -> str:
    """Return the seed to type into an app: a fresh one, or that which waits to be confirmed."""
    row = _row(session, account_id)
    if row is not None and row.confirmed_at is None:
        return _opened(row, door_key)
    seed = pyotp.random_base32()
    sealed = bytes(_boxes(door_key)[0].encrypt(seed.encode()))
    if row is None:
        session.add(SecondStepRow(account_id=account_id, sealed_seed=sealed, recovery=[]))
    return seed


def confirm(
    session: Session, account_id: str, code: str, now: datetime, door_key: str
) -> tuple[str, ...]:
    """Put a second step in force by its first code; return the recovery codes, shown only now."""
    row = _row(session, account_id)
    if row is None or row.confirmed_at is not None:
        raise WrongCode
    row.last_step = _step_of(row, code, now, door_key)
    row.confirmed_at = now
    codes = tuple(_recovery_code() for _ in range(RECOVERY_CODES))
    row.recovery = [_digest(code) for code in codes]
    return codes


def check(session: Session, account_id: str, code: str, now: datetime, door_key: str) -> None:
    """Use up a code of the app, or a recovery code; raises `WrongCode`."""
    row = _row(session, account_id)
    if row is None or row.confirmed_at is None:
        raise WrongCode
    if (digest := _digest(code)) in row.recovery:
        row.recovery = [each for each in row.recovery if each != digest]
        return
    row.last_step = _step_of(row, code, now, door_key)


def drop(session: Session, account_id: str) -> None:
    """Do without a second step from now on."""
    session.execute(delete(SecondStepRow).where(SecondStepRow.account_id == account_id))


def address_of(seed: str, login: str, tenant: str) -> str:
    """Return what the QR code for an app says (otpauth://)."""
    return pyotp.TOTP(seed).provisioning_uri(name=login, issuer_name=f"sangkien {tenant}")


def _step_of(row: SecondStepRow, code: str, now: datetime, door_key: str) -> int:
    """Return the half minute a code is of; one before or after the present is taken as well."""
    totp = pyotp.TOTP(_opened(row, door_key), interval=STEP)
    typed = "".join(code.split())
    present = int(now.timestamp()) // STEP
    for step in (present, present - 1, present + 1):
        right = secrets.compare_digest(totp.generate_otp(step).encode(), typed.encode())
        if right and step > row.last_step:
            return step
    raise WrongCode


def _row(session: Session, account_id: str, *, locked: bool = True) -> SecondStepRow | None:
    query = select(SecondStepRow).where(SecondStepRow.account_id == account_id)
    return session.scalar(query.with_for_update() if locked else query)


def _opened(row: SecondStepRow, door_key: str) -> str:
    """Open a seed, and seal it anew where the key is an older one; raises CryptoError."""
    newest, *older = _boxes(door_key)
    for box in older:
        with suppress(CryptoError):
            row.sealed_seed = bytes(newest.encrypt(box.decrypt(row.sealed_seed)))
            break
    return newest.decrypt(row.sealed_seed).decode()


def _boxes(door_key: str) -> list[SecretBox]:
    if not door_key.strip():
        raise NoDoorKey
    digests = (sha256(b"second step\n" + key.encode()).digest() for key in door_key.split())
    return [SecretBox(digest) for digest in digests]


def _recovery_code() -> str:
    text = secrets.token_hex(14)  # 112 bits: a plain digest will do (ASVS 2.6.2)
    return "-".join(text[at : at + 4] for at in range(0, 28, 4))


def _digest(code: str) -> str:
    return domain.token_digest("recovery " + code.strip().lower())
