"""Signatures in papers: made, checked, and files that were really tampered with."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from pyhanko.pdf_utils.generic import NameObject, StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from services.awards.signing.keyfile import KeyFile, KeyUnreadable, ready_to_sign
from services.awards.signing.refusals import BadSignedFile
from services.awards.signing.sample import MARK, make_test_ca
from services.awards.signing.verifying import accept, inspect, read_roots
from tests.unit.awards.test_press import CERTIFICATE, printed

NOW = datetime(2023, 1, 5, 2, tzinfo=UTC)
PASSWORD = "mật khẩu thử"  # noqa: S105
APPROVE, ISSUE = "hau-giang/CT_UBND/approve", "hau-giang/CT_UBND/issue"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("ca")
    make_test_ca(made, (APPROVE, ISSUE), PASSWORD)
    return made


@pytest.fixture(scope="module")
def roots(folder):
    return read_roots(str(folder))


@pytest.fixture(scope="module")
def paper():
    return printed(certificate=CERTIFICATE).pdf.content


def signed_by(folder, name, document, role="approve", at=NOW):
    return KeyFile.read(str(folder / f"{name}.p12"), PASSWORD, at).sign(document, role)


@pytest.fixture(scope="module")
def approved(folder, paper):
    return signed_by(folder, APPROVE, paper)


@pytest.fixture(scope="module")
def issued(folder, approved):
    return signed_by(folder, ISSUE, approved, "issue")


def appended(document, change):
    """Change a PDF as an editor does that appends."""
    writer = IncrementalPdfFileWriter(BytesIO(document))
    change(writer)
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def paint_over(writer):
    page = writer.root["/Pages"]["/Kids"][0]
    content = StreamObject(stream_data=b"0 0 0 rg 0 0 400 400 re f")
    page[NameObject("/Contents")] = writer.add_object(content)
    writer.update_container(page)


def test_two_sign_in_turn_and_both_signatures_hold(issued, roots):
    found = inspect(issued, roots)

    assert [(each.field, each.at, each.wrong) for each in found] == [
        ("KyPheDuyet", NOW, ()),
        ("KyPhatHanh", NOW, ()),
    ]
    assert all(each.signer.startswith(MARK) for each in found)


def test_a_role_may_be_signed_twice(folder, issued, roots):
    again = signed_by(folder, ISSUE, issued, "issue")

    assert [each.field for each in inspect(again, roots)][2:] == ["KyPhatHanh2"]


def test_signing_only_appends_and_leaves_the_archive_copy_one(paper, issued):
    assert issued.startswith(paper)
    assert b"pdfaid" in paper
    assert issued.count(b"<pdfaid:part>") == paper.count(b"<pdfaid:part>") == 1
    assert b"ETSI.CAdES.detached" in issued


def test_a_file_that_comes_back_signed_is_accepted(paper, approved, issued, roots):
    assert accept(paper, approved, roots, NOW).field == "KyPheDuyet"
    assert accept(approved, issued, roots, NOW).field == "KyPhatHanh"


def refusal(original, returned, roots, at=NOW):
    with pytest.raises(BadSignedFile) as caught:
        accept(original, returned, roots, at)
    return str(caught.value)


def test_another_file_is_not_taken_though_it_is_signed_well(folder, paper, roots):
    other = ready_to_sign(paper[: paper.index(b"%%EOF") + 6])

    assert "not the one that was given out" in refusal(
        paper, signed_by(folder, APPROVE, other[:-1] + b"\n\n"), roots
    )


@pytest.mark.parametrize("at", [0.1, 0.5, 0.9])
def test_a_flipped_byte_of_what_was_given_out_is_noticed(paper, approved, roots, at):
    broken = bytearray(approved)
    broken[int(len(paper) * at)] ^= 1

    assert "not the one that was given out" in refusal(paper, bytes(broken), roots)


def test_a_flipped_byte_of_the_signature_itself_is_noticed(paper, approved, roots):
    start = approved.index(b"/Contents <") + len(b"/Contents <")
    end = start + len(approved[start : approved.index(b">", start)].rstrip(b"0"))
    broken = bytearray(approved)
    broken[end - 6] = ord("1") if broken[end - 6] != ord("1") else ord("2")

    assert "không khớp với chứng thư số" in refusal(paper, bytes(broken), roots)


def test_another_time_of_signing_is_noticed(paper, approved, roots):
    other = approved.replace(b"D:20230105", b"D:20220105")

    assert other != approved
    assert "is not" in refusal(paper, other, roots)
    assert "nội dung đã bị sửa sau khi ký" in inspect(other, roots)[0].wrong


def test_what_is_added_after_the_signature_is_noticed(paper, approved, roots):
    assert "thay đổi sau khi ký" in refusal(paper, appended(approved, paint_over), roots)


def test_a_page_painted_over_before_signing_is_noticed(folder, paper, roots):
    painted = signed_by(folder, APPROVE, appended(paper, paint_over))

    assert all(not each.wrong for each in inspect(painted, roots))
    assert "Something else than the signature" in refusal(paper, painted, roots)


def test_an_unsigned_file_is_not_taken(paper, roots):
    assert "has 0 new signatures" in refusal(paper, paper, roots)


def test_two_signatures_at_once_are_not_taken(paper, issued, roots):
    assert "has 2 new signatures" in refusal(paper, issued, roots)


def test_a_signature_of_a_stranger_is_not_taken(paper, approved, tmp_path):
    make_test_ca(tmp_path, (), PASSWORD)

    assert "không thuộc hệ thống tin cậy" in refusal(paper, approved, read_roots(str(tmp_path)))
    assert "không thuộc hệ thống tin cậy" in refusal(paper, approved, ())


def test_a_certificate_must_be_in_force_when_the_file_comes_back(paper, approved, roots):
    late = datetime(2051, 1, 1, tzinfo=UTC)

    assert "không còn hiệu lực" in refusal(paper, approved, roots, late)


def test_what_is_no_pdf_is_said_so(roots):
    with pytest.raises(BadSignedFile, match="no PDF"):
        inspect(b"PK\x03\x04", roots)


def test_a_key_that_cannot_be_read_never_tells_the_password(folder, tmp_path):
    with pytest.raises(KeyUnreadable, match="cannot be read: No such file"):
        KeyFile.read(str(tmp_path / "none.p12"), PASSWORD, NOW)
    with pytest.raises(KeyUnreadable, match="SIGN_PASSWORD is wrong") as caught:
        KeyFile.read(str(folder / f"{APPROVE}.p12"), "khác", NOW)

    assert "khác" not in str(caught.value)
