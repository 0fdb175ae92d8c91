"""The contract of the state's signing agent, as its script and program speak it."""

from datetime import UTC, datetime

import msgspec
import pytest

from contracts import awards
from services.gateway.agent import AgentAnswer, call_for

TASK = awards.SigningTask(
    session_id="phien-1",
    file_url="https://kho.example.vn/papers/1?X-Amz-Signature=abc",
    file_name="05-QĐ-UBND.pdf",
    number="05/QĐ-UBND",
    ends_at=datetime(2026, 3, 5, 3, tzinfo=UTC),
)
UPLOAD = "https://sangkien.example.vn/v1/signing/phien-1"


def test_the_agent_is_told_where_to_fetch_and_where_to_post_in_its_own_spelling():
    call = msgspec.json.decode(msgspec.json.encode(call_for(TASK, "issue", UPLOAD)))

    assert call == {
        "function": "vgca_sign_issued",
        "task": {
            "FileUploadHandler": UPLOAD,
            "SessionId": "phien-1",
            "JWTToken": "",
            "FileName": TASK.file_url,
            "DocNumber": "05/QĐ-UBND",
            "MetaData": [{"Key": "FileName", "Value": "05-QĐ-UBND.pdf"}],
        },
    }


@pytest.mark.parametrize(
    ("role", "function"),
    [
        ("approve", "vgca_sign_approved"),
        ("issue", "vgca_sign_issued"),
        ("attach", "vgca_sign_file"),
    ],
)
def test_each_role_is_a_function_of_its_script(role, function):
    assert call_for(TASK, role, UPLOAD).function == function


def test_it_is_answered_with_status_0_for_success():
    answer = msgspec.json.decode(msgspec.json.encode(AgentAnswer(status=0, message="Đã nhận.")))

    assert answer == {"Status": 0, "Message": "Đã nhận.", "FileServer": ""}
