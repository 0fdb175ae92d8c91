"""`sangkien verify`: the same check without a network; `sangkien paper`: words and previews."""

from datetime import UTC, date, datetime
from hashlib import sha256

import pytest
from click.testing import CliRunner
from msgspec import json

from contracts.awards import PaperRegister, PaperSignature, PaperState
from kernel.operate import group
from services.awards.signing.verifying import inspect
from tests.unit.awards.test_signing import (
    PASSWORD,
    approved,
    folder,
    issued,
    paper,
    roots,
)

__all__ = ["approved", "folder", "issued", "paper", "roots"]


def said(*words, **environment):
    result = CliRunner().invoke(group, [str(word) for word in words], env=environment)
    return result.exit_code, result.output.strip().splitlines()


@pytest.fixture
def file(tmp_path, issued):
    path = tmp_path / "giay.pdf"
    path.write_bytes(issued)
    return path


def registered(tmp_path, content, **state):
    """Write a register that knows the file."""
    known = PaperState(
        **{
            "state": "VALID",
            "type_name": "BẰNG KHEN",
            "number": "05/QĐ-UBND",
            "dated": date(2023, 1, 5),
            "sha256": ("0" * 64, sha256(content).hexdigest()),
            **state,
        }
    )
    path = tmp_path / "so.json"
    listed = PaperRegister(
        tenant="hau-giang", as_of=datetime(2023, 2, 1, tzinfo=UTC), papers=(known,)
    )
    path.write_bytes(json.encode(listed))
    return path


def test_a_signed_paper_in_the_register_is_valid(tmp_path, file, folder, issued):
    register = registered(tmp_path, issued)

    status, lines = said("verify", file, "--roots", folder, "--register", register)

    assert (status, lines[-1]) == (0, "HỢP LỆ")
    assert lines[0].startswith(
        "Chữ ký số (phê duyệt): CHỈ ĐỂ THỬ hau-giang CT_UBND approve, 09:00"
    )
    assert lines[0].endswith(
        "đúng; không rõ chứng thư số có bị cơ quan cấp thu hồi hay không; "
        "không rõ chứng thư số có được đăng ký cho cơ quan, chức danh ký hay không"
    )


def test_whose_certificate_it_is_stands_in_the_register(tmp_path, file, folder, roots, issued):
    approve, _ = inspect(issued, roots)
    known = PaperSignature(
        role="approve", by="", at=approve.at, certificate=approve.certificate, is_bound=True
    )
    register = registered(tmp_path, issued, signatures=(known,))

    _, lines = said("verify", file, "--roots", folder, "--register", register)

    bound = [
        line.endswith("; chứng thư số đã đăng ký cho cơ quan, chức danh ký") for line in lines
    ]
    assert bound[:2] == [True, False]


def test_a_revoked_paper_is_said_to_be_with_day_and_decision(tmp_path, file, folder, issued):
    register = registered(
        tmp_path,
        issued,
        state="REVOKED",
        revoked_at=datetime(2023, 3, 1, 17, tzinfo=UTC),  # the next day in Vietnam
        revoked_by="09/QĐ-UBND",
    )

    status, lines = said("verify", file, "--roots", folder, "--register", register)

    assert (status, lines[-1]) == (
        1,
        "ĐÃ BỊ THU HỒI ngày 02/03/2023, theo Quyết định số 09/QĐ-UBND",
    )


def test_a_paper_the_register_does_not_know_is_unknown(tmp_path, file, folder):
    register = registered(tmp_path, b"another")

    status, lines = said("verify", file, "--roots", folder, "--register", register)

    assert (status, lines[-1]) == (1, "KHÔNG XÁC ĐỊNH")


def test_without_a_register_only_signatures_are_vouched_for(file, folder):
    status, lines = said("verify", file, TRUST_ROOTS=str(folder))

    assert (status, lines[-1]) == (0, "HỢP LỆ về chữ ký số")
    assert "--register" in lines[-2]


def test_a_changed_paper_is_not_valid_whatever_the_register_says(tmp_path, file, folder, issued):
    broken = bytearray(issued)
    broken[1000] ^= 1
    file.write_bytes(bytes(broken))
    register = registered(tmp_path, bytes(broken))

    status, lines = said("verify", file, "--roots", folder, "--register", register)

    assert (status, lines[-1]) == (1, "KHÔNG HỢP LỆ: chữ ký số không đúng")


def test_an_unsigned_paper_can_only_be_looked_up(tmp_path, file, paper):
    file.write_bytes(paper)

    alone = said("verify", file)
    looked_up = said("verify", file, "--register", registered(tmp_path, paper))

    assert (alone[0], alone[1][-1]) == (1, "KHÔNG XÁC ĐỊNH: tệp không có chữ ký số")
    assert (looked_up[0], looked_up[1][-1]) == (0, "HỢP LỆ")


def test_what_is_no_pdf_ends_with_a_sentence(file):
    file.write_text("không phải PDF")

    status, lines = said("verify", file)

    assert (status, lines) == (1, [f"Error: {file}: tệp PDF không đọc được."])


def test_changed_words_are_previewed_before_anybody_is_asked(tmp_path):
    changes = tmp_path / "doi.json"
    changes.write_text('{"documents": {"INVITATION": {"type_name": "GIẤY MỜI HỌP"}}}')
    out = tmp_path / "xem.docx"

    status, lines = said("paper", "preview", "2026", "INVITATION", "--changes", changes, "-o", out)

    assert (status, lines) == (0, [str(out)])
    assert out.read_bytes().startswith(b"PK")


def test_words_that_cannot_be_used_are_said_where(tmp_path):
    changes = tmp_path / "doi.json"
    changes.write_text('{"documents": {"INVITATION": {"body": 3}}}')

    status, lines = said("paper", "words", "2026", "--changes", changes)

    assert status == 1
    assert "$.documents[...].body" in lines[0]


def test_a_test_ca_says_what_it_is(tmp_path):
    key = "hau-giang/BTC/issue"

    status, lines = said("paper", "test-ca", tmp_path, "--key", key, "--password", PASSWORD)

    assert (status, lines) == (0, [f"CHỈ ĐỂ THỬ, KHÔNG CÓ GIÁ TRỊ PHÁP LÝ: {tmp_path}/root.pem"])
    assert (tmp_path / f"{key}.p12").is_file()
