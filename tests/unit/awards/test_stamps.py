"""Time stamps, and what a CA says of its certificates, by a CA that really serves both."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from services.awards.signing.keyfile import KeyFile, StampMissing
from services.awards.signing.refusals import BadSignedFile
from services.awards.signing.verifying import accept, inspect, read_roots
from tests.unit.awards.ca import serving
from tests.unit.awards.test_press import CERTIFICATE, printed

PASSWORD = "mật khẩu thử"  # noqa: S105


@pytest.fixture(scope="module")
def authority():
    with serving() as found:
        yield found


@pytest.fixture(scope="module")
def paper():
    return printed(certificate=CERTIFICATE).pdf.content


@pytest.fixture
def signed(authority, paper, tmp_path):
    """Sign now, by a key of the CA; return the file, the certificate and the roots."""

    def sign(tsa=""):
        own = authority.key_file(tmp_path / "key.p12", PASSWORD)
        (tmp_path / "root.pem").write_bytes(authority.root.public_bytes(Encoding.PEM))
        now = datetime.now(UTC)
        key = KeyFile.read(str(tmp_path / "key.p12"), PASSWORD, now, tsa=tsa)
        return key.sign(paper, "approve"), own, read_roots(str(tmp_path)), now

    return sign


def test_a_time_stamp_says_when_and_counts_if_its_authority_is_trusted(signed, authority):
    document, _, roots, now = signed(tsa=f"{authority.url}/tsa")

    (found,) = inspect(document, roots)
    (stranger,) = inspect(document, ())

    assert found.wrong == ()
    assert abs(found.stamped_at - now) < timedelta(minutes=5)
    assert stranger.stamped_at is None
    assert "dấu thời gian không đúng hoặc không thuộc hệ thống tin cậy" in stranger.wrong


def test_no_paper_is_signed_without_the_stamp_that_was_asked_for(signed):
    with pytest.raises(StampMissing, match=r"http://127\.0\.0\.1:9/"):
        signed(tsa="http://127.0.0.1:9/")


def test_what_nobody_was_asked_is_unknown_and_what_a_ca_says_is_known(signed):
    document, _, roots, _ = signed()

    assert [each.withdrawn for each in inspect(document, roots)] == [None]
    assert [each.withdrawn for each in inspect(document, roots, asks=True)] == [False]


def test_a_signature_by_a_withdrawn_certificate_is_not_taken(signed, authority, paper):
    document, own, roots, now = signed()
    authority.withdrawn.append((own, now - timedelta(days=1)))

    with pytest.raises(BadSignedFile, match="đã bị cơ quan cấp thu hồi"):
        accept(paper, document, roots, now, asks=True)


def test_a_ca_that_does_not_answer_leaves_it_unknown(signed, authority):
    url, authority.url = authority.url, "http://127.0.0.1:9"
    document, _, roots, _ = signed()
    authority.url = url

    (found,) = inspect(document, roots, asks=True)

    assert (found.withdrawn, found.wrong) == (None, ())
