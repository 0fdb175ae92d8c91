"""How secrets are kept."""

from datetime import UTC, datetime

import pyotp
import pytest
from nacl.exceptions import CryptoError

from services.gateway import passwords, second_steps
from services.gateway.second_steps import SecondStepRow

NOW = datetime(2022, 7, 1, tzinfo=UTC)
SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def test_what_is_kept_is_argon2id_with_a_salt_of_its_own():
    first, second = passwords.hashed("một câu"), passwords.hashed("một câu")

    assert first != second
    assert first.startswith("$argon2id$")
    assert passwords.matches("một câu", first)
    assert not passwords.matches("câu khác", first)
    assert not passwords.matches("một câu", None)


def test_a_seed_is_kept_sealed_and_opens_with_the_door_key_alone():
    sealed = bytes(second_steps._boxes("key")[0].encrypt(SEED.encode()))  # noqa: SLF001
    row = SecondStepRow(account_id="1", sealed_seed=sealed, recovery=[])

    assert SEED.encode() not in sealed
    assert second_steps._opened(row, "key") == SEED  # noqa: SLF001
    with pytest.raises(CryptoError):
        second_steps._opened(row, "another")  # noqa: SLF001
    with pytest.raises(second_steps.NoDoorKey):
        second_steps._opened(row, "")  # noqa: SLF001


def test_a_code_is_good_for_its_half_minute_and_those_beside_it_and_never_again():
    sealed = bytes(second_steps._boxes("key")[0].encrypt(SEED.encode()))  # noqa: SLF001
    row = SecondStepRow(account_id="1", sealed_seed=sealed, recovery=[], last_step=0)
    app, present = pyotp.TOTP(SEED), int(NOW.timestamp()) // 30

    def step(number):
        return second_steps._step_of(row, app.generate_otp(number), NOW, "key")  # noqa: SLF001

    assert [step(present + away) - present for away in (-1, 0, 1)] == [-1, 0, 1]
    for away in (-2, 2):
        with pytest.raises(second_steps.WrongCode):
            step(present + away)
    row.last_step = present
    with pytest.raises(second_steps.WrongCode):
        step(present)
