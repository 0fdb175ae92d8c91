"""A dossier in the words of the national portal's contract, as a strict portal takes it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.intake import Counterparty, Procedure
from services.intake.domain.mirror import Step
from services.intake.onegate.client import Declined, Unanswered, judged
from services.intake.onegate.strictness import PROGRESS, mistakes, mistakes_of_dossier
from services.intake.onegate.wording import (
    Attachment,
    Mirrored,
    dossier,
    procedure_of,
    progress,
    stamp,
)

PROCEDURE = Procedure(
    contest_id="C", code="3.1", name="Dự thi", field_code="G03-GD10", field_name="Thi đua"
)
THERE = Counterparty(
    name="dvcqg", url="http://portal.example", username="u", dstcode="VN:GOV", agency_code="H30",
    unit="Sở Nội vụ", procedures=(PROCEDURE,),
)  # fmt: skip
WORDS = st.text(min_size=1, max_size=40)


@st.composite
def dossiers(draw):
    return Mirrored(
        code=draw(WORDS),
        title=draw(WORDS),
        applicant=draw(WORDS),
        email=draw(st.none() | WORDS),
        phone=draw(st.none() | WORDS),
        is_enterprise=draw(st.booleans()),
        received_at=draw(st.datetimes(datetime(1900, 1, 2), timezones=st.just(UTC))),  # noqa: DTZ001
        step=draw(st.sampled_from(Step)),
        at=datetime(2022, 7, 1, 2, tzinfo=UTC),
        note=draw(WORDS),
        attachments=(Attachment("d-1", "Thuyết minh.pdf", "BAN_THUYET_MINH", "https://x/y"),),
    )


@given(dossiers())
def test_a_strict_portal_finds_nothing_wrong_with_what_we_write(told):
    written = dossier(THERE, PROCEDURE, told)

    assert list(mistakes_of_dossier(written)) == []
    assert list(mistakes(progress(THERE, told), PROGRESS)) == []


def test_instants_are_local_to_vietnam():
    assert stamp(datetime(2022, 8, 15, 16, 59, 59, tzinfo=UTC)) == "20220815235959"


def test_a_contest_is_known_by_the_procedure_that_was_configured():
    assert (procedure_of(THERE, "C"), procedure_of(THERE, "D")) == (PROCEDURE, None)


@pytest.mark.parametrize(
    ("change", "mistake"),
    [
        ({"TrangThaiHoSo": 1}, "TrangThaiHoSo is no string"),
        ({"TrangThaiHoSo": "11"}, "TrangThaiHoSo is ill-formed"),
        ({"NgayTiepNhan": "2022-08-15"}, "NgayTiepNhan is ill-formed"),
        ({"GhiChuThem": "x"}, "GhiChuThem is unknown"),
        ({"TaiLieuNop": {}}, "TaiLieuNop is no list"),
        ({"TaiLieuNop": [{}]}, "TepDinhKemId is missing"),
    ],
)
def test_a_strict_portal_names_the_mistake(change, mistake):
    told = Mirrored(
        code="H30-220701-0001", title="T", applicant="A", email=None, phone=None,
        is_enterprise=False, received_at=datetime(2022, 7, 1, tzinfo=UTC), step=Step.REGISTERED,
        at=datetime(2022, 7, 1, tzinfo=UTC), note="N",
    )  # fmt: skip
    written = {**dossier(THERE, PROCEDURE, told), **change}

    assert next(iter(mistakes_of_dossier(written))) == mistake


@pytest.mark.parametrize("body", [b'{"error_code": 0}', b'{"error_code": "0", "x": 1}'])
def test_zero_is_success_as_a_number_or_as_text(body):
    assert int(judged(200, body)["error_code"]) == 0


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (200, b'{"error_code": "-1"}', Declined),
        (401, b"no", Declined),
        (200, b"<html>", Unanswered),
        (200, b'{"error_code": null}', Unanswered),
        (200, b"[]", Unanswered),
        (503, b'{"error_code": 0}', Unanswered),
        (429, b"", Unanswered),
    ],
)
def test_everything_else_is_a_refusal_or_silence(status, body, error):
    with pytest.raises(error):
        judged(status, body)
