"""Every error is one problem, in Vietnamese, without a trace of the code."""

import psycopg2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar.exceptions import MethodNotAllowedException, ValidationException
from sqlalchemy.exc import DataError, OperationalError

from kernel.client import RemoteFailure, RemoteRefusal, TimedOut
from kernel.errors import Conflict, Forbidden, NotFound, Refused, Unavailable
from services.gateway import domain, problems
from services.gateway.problems import FieldMistake, Problem


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Refused(), 422),
        (NotFound(), 404),
        (Forbidden(), 403),
        (Conflict(), 409),
        (domain.SignInNeeded(), 401),
        (domain.WrongLogin(), 401),
        (domain.BadKey(), 400),
        (domain.LoginTaken(), 409),
        (RemoteRefusal("SupplementOverdue", "Refused", "Too late.", {}), 422),
        (RemoteRefusal("UnknownEntry", "NotFound", "No.", {}), 404),
        (RemoteRefusal("NotYours", "Forbidden", "No.", {}), 403),
        (RemoteRefusal("RequestIdReused", "Conflict", "No.", {}), 409),
        (Unavailable(), 503),
        (OperationalError("SELECT", {}, psycopg2.OperationalError("no server")), 503),
        (DataError("SELECT", {}, psycopg2.DataError()), 500),
        (TimedOut(), 504),
        (MethodNotAllowedException(), 405),
        (RemoteFailure("review.GiveMarks"), 500),
        (KeyError("secret"), 500),
    ],
)
def test_an_error_has_its_status(error, status):
    assert problems.read(error, "/v1/x").status == status


def test_a_refusal_is_told_in_vietnamese_with_its_parameters():
    error = RemoteRefusal(
        "Forbidden", "Forbidden", "This needs the role {roles}.", {"roles": "chair"}
    )

    assert problems.read(error, "/v1/x") == Problem(
        type="urn:sangkien:problem:Forbidden",
        title="Không có quyền",
        status=403,
        code="Forbidden",
        detail="Việc này cần vai trò trưởng ban giám khảo.",
        instance="/v1/x",
        params={"roles": "chair"},
    )


def test_a_field_that_cannot_be_read_is_named_with_the_reason():
    error = ValidationException(extra=[{"key": "size", "message": "Expected `int`"}])

    found = problems.read(error, "/v1/x")

    assert found.errors == (FieldMistake(field="size", reason="Không đọc được giá trị này."),)


@given(st.text(min_size=3, alphabet=st.characters(categories=["L"], min_codepoint=0x4E00)))
def test_what_was_not_foreseen_tells_nothing_of_itself(secret):
    found = problems.read(ValueError(secret), "/v1/x")

    assert secret not in str(found)


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("Object missing required field `login`", "Thiếu mục login."),
        ("Expected `str`, got `int`", "Giá trị phải có kiểu str, không phải int."),
        ("Invalid enum value 'X'", "Giá trị 'X' không có trong các giá trị cho phép."),
        ("Invalid decimal string", "Không đọc được giá trị này."),
        ("", "Không đọc được giá trị này."),
    ],
)
def test_why_a_field_cannot_be_read_is_told_in_vietnamese(reason, told):
    assert problems.explained(reason) == told
