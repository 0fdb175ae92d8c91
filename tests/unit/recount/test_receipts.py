"""A receipt is of something the record knows; another one is forged, however well it is signed."""

import json

import msgspec
import pytest

from contracts.intake import ReceiptClaims
from contracts.ledger import SignedHead
from recount.main import main
from services.intake.signing import read_keys, sign
from tests.unit.recount.contests import a_round, kit_of, play, rows_of, rules_of

KEYS = read_keys("3c" * 32)


@pytest.fixture(scope="module")
def kit(tmp_path_factory):
    rows = rows_of(play(rules_of(a_round("R1")), entries=3, judges=4))
    made = kit_of(rows)
    file = tmp_path_factory.mktemp("kit") / "kit.zip"
    file.write_bytes(made.content)
    said = next(row[3] for row in rows if row[1] == "intake.EntrySubmitted")
    return file, made, said


def receipt(kit, **changed):
    _, made, said = kit
    claims = {
        "tenant": "hau-giang", "contest_id": "HG", "entry_id": said["entry_id"],
        "code": said["receipt_code"], "version": 1, "received_at": said["received_at"],
        "counted_at": said["received_at"], "late": False, "rules_number": 0,
        "rules_sha256": "ab" * 32, "documents": (), "content_sha256": "", "paper_sha256": "",
        "head": msgspec.convert(made.heads[0], SignedHead), **changed,
    }  # fmt: skip
    return sign(msgspec.convert(claims, ReceiptClaims), KEYS)


def verdict(kit, tmp_path, signed, published=KEYS.published):
    paper, keys = tmp_path / "receipt.jws", tmp_path / "keys.json"
    paper.write_text(signed)
    keys.write_text(json.dumps(msgspec.to_builtins(published)))
    words = ["--receipt", str(paper), "--receipt-key", str(keys)]
    return main(["verify", str(kit[0]), *words])


def test_a_receipt_of_what_was_handed_in_follows(kit, tmp_path):
    assert verdict(kit, tmp_path, receipt(kit)) == 0


def test_keys_are_read_as_the_platform_answers_them(kit, tmp_path):
    assert verdict(kit, tmp_path, receipt(kit), {"keys": KEYS.published}) == 0


def test_a_receipt_by_a_postmark_says_the_instant_that_counts(kit, tmp_path):
    rows = rows_of(play(rules_of(a_round("R1")), entries=3, judges=4))
    said = next(row[3] for row in rows if row[1] == "intake.EntrySubmitted")
    said |= {"channel": "POST", "counted_at": "2022-06-30T16:59:59Z"}
    made, file = kit_of(rows), tmp_path / "posted.zip"
    file.write_bytes(made.content)
    posted = file, made, said

    right = receipt(posted, counted_at="2022-06-30T16:59:59Z")

    assert verdict(posted, tmp_path, right) == 0
    assert verdict(posted, tmp_path, receipt(posted)) == 1


@pytest.mark.parametrize(
    "changed",
    [{"code": "SNV-9999"}, {"version": 2}, {"entry_id": "e-77"}, {"contest_id": "HG-2"},
     {"counted_at": "2022-06-30T00:00:00Z"}],
)  # fmt: skip
def test_a_forged_receipt_is_named(kit, tmp_path, capsys, changed):
    assert verdict(kit, tmp_path, receipt(kit, **changed)) == 1
    assert "WRONG receipt" in capsys.readouterr().out


def test_a_receipt_signed_by_somebody_else_is_none(kit, tmp_path, capsys):
    other = read_keys("4d" * 32).published

    assert verdict(kit, tmp_path, receipt(kit), other) == 1
    assert "WRONG receipt" in capsys.readouterr().out


def test_a_receipt_with_a_head_of_another_history_shows_it(kit, tmp_path, capsys):
    other = kit_of(rows_of(play(rules_of(a_round("R1")), entries=4, judges=4))).heads[1]
    head = msgspec.convert(other, SignedHead)

    assert verdict(kit, tmp_path, receipt(kit, head=head)) == 1
    assert "WRONG chain" in capsys.readouterr().out
