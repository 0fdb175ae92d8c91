"""Keys shared among holders, sealed sheets, and the file an officer keeps a key in."""

import json
from decimal import Decimal
from hashlib import sha256
from itertools import combinations

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.review import SheetText
from kernel.settings import BadSetting
from services.review.domain.panel import SheetOvertaken
from services.review.domain.sealed import (
    KeyAlreadyGiven,
    KeyNotConfirmed,
    Keys,
    NotAHolder,
    NothingLost,
    OfficersNeeded,
    RecoveryNotApart,
    SealedPanel,
    name_holders,
)
from services.review.operating.seal import seal
from services.review.sealing import boxes, sharing
from services.review.sealing.sheets import Key, open_sheet, seal_sheet

secrets = st.binary(min_size=32, max_size=32)
names = st.sets(st.text(min_size=1, max_size=6), min_size=2, max_size=5)
points = st.integers(0, 800).map(lambda n: Decimal(n) / 8)
texts = st.builds(
    SheetText,
    marks=st.dictionaries(st.sampled_from(["A", "B", "C"]), points, min_size=1),
    comments=st.dictionaries(st.sampled_from(["A", "B", "Ấ.a"]), st.text(max_size=20)),
    comment=st.text(max_size=20),
)
THE_SHEET = Key("HG-2022", "SO_KHAO", "e-1", "j-1", 1)
ROUND, JUDGE = boxes.Pair.fresh(), boxes.Pair.fresh()
KEYS = Keys(("chair", "clerk"), "inspector")


@given(secrets, names)
def test_any_two_holders_have_the_secret_together(secret, holders):
    shares = sharing.split(secret, holders)

    for one, other in combinations(holders, 2):
        assert sharing.join((one, shares[one]), (other, shares[other])) == secret


@given(secrets, secrets, names)
def test_what_one_holder_has_fits_every_other_secret_as_well(secret, another, holders):
    shares = sharing.split(secret, holders)
    one, *others = sorted(holders)

    for other in others:
        shift = bytes(a ^ b for a, b in zip(secret, another, strict=True))
        theirs = bytes(a ^ b for a, b in zip(shares[other][one], shift, strict=True))
        assert sharing.join((one, shares[one]), (other, {one: theirs})) == another


@given(secrets, names)
def test_shares_are_read_as_they_were_packed(secret, holders):
    for shares in sharing.split(secret, holders).values():
        assert sharing.unpacked(sharing.packed(shares)) == shares


@settings(max_examples=50)
@given(texts)
def test_sheet_opens_to_what_was_sealed_and_to_its_digest(text):
    sealed = seal_sheet(THE_SHEET, text, ROUND.public, JUDGE.public)

    opened = open_sheet(THE_SHEET, sealed.sheet, boxes.Opener(ROUND.private))

    assert opened.text == text
    assert opened.digest == sealed.digest


@settings(max_examples=200)
@given(texts, st.text(max_size=20))
def test_digest_is_that_of_the_json_which_the_contract_describes(text, entry_id):
    key = Key("HG-2022", "SO_KHAO", entry_id, "j-1", 1)
    sealed = seal_sheet(key, text, ROUND.public, JUDGE.public)

    opened = open_sheet(key, sealed.sheet, boxes.Opener(ROUND.private))

    words = hashed([opened.nonce, text.comment, text.comments])
    marks = {code: f"{mark.normalize():f}" for code, mark in text.marks.items()}
    which = ["HG-2022", "SO_KHAO", entry_id, "j-1", 1]
    assert (opened.words, opened.digest) == (words, hashed([*which, marks, words, opened.nonce]))


def hashed(document):
    """Hash JSON as who checks the ledger writes it, with another encoder than the service's."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


@settings(max_examples=50)
@given(texts, texts)
def test_equal_sheets_have_nothing_in_common_that_is_seen(one, other):
    seals = [seal_sheet(THE_SHEET, text, ROUND.public, JUDGE.public) for text in (one, one, other)]

    assert len({seal.digest for seal in seals}) == 3
    assert len({seal.sheet for seal in seals} | {seal.own_copy for seal in seals}) == 6


def test_sheet_put_in_anothers_place_has_another_digest():
    text = SheetText(marks={"A": Decimal(5)})
    sealed = seal_sheet(THE_SHEET, text, ROUND.public, JUDGE.public)
    elsewhere = Key("HG-2022", "SO_KHAO", "e-2", "j-1", 1)

    opened = open_sheet(elsewhere, sealed.sheet, boxes.Opener(ROUND.private))

    assert opened.digest != sealed.digest


@pytest.mark.parametrize("key", [JUDGE, boxes.Pair.fresh()], ids=["judge", "stranger"])
def test_only_the_round_key_opens_the_rounds_copy(key):
    sealed = seal_sheet(THE_SHEET, SheetText(marks={}), ROUND.public, JUDGE.public)

    with pytest.raises(boxes.CannotOpen):
        open_sheet(THE_SHEET, sealed.sheet, boxes.Opener(key.private))


@given(secrets)
def test_a_written_public_key_is_read_and_one_with_a_slip_is_not(public):
    line = boxes.written(public)
    slip = line[:10] + ("A" if line[10] != "A" else "B") + line[11:]

    assert boxes.read(f" {line}\n") == public
    with pytest.raises(boxes.BadPublicKey):
        boxes.read(slip)


@pytest.mark.parametrize("text", ["", "sk1.", "sk1.ü", "sk1.AAAA", "abc"])
def test_what_is_no_public_key_is_refused(text):
    with pytest.raises(boxes.BadPublicKey):
        boxes.read(text)


def test_older_service_keys_still_open_and_new_ones_seal():
    old, new = boxes.Pair.fresh(), boxes.Pair.fresh()
    keys = boxes.read_keys(f"{new.private.hex()} {old.private.hex()}")

    assert keys.public == new.public
    assert keys.open(boxes.encoded(boxes.seal(old.public, b"x"))) == b"x"


@pytest.mark.parametrize("setting", ["", "abc", "ff" * 31, "zz" * 32])
def test_bad_service_key_is_named_and_not_repeated(setting):
    with pytest.raises(BadSetting, match="SEALING_KEY must be 64 hex digits") as refused:
        boxes.read_keys(setting)

    assert not setting or setting not in str(refused.value)


def test_officers_give_their_keys_in_any_order():
    for first, second in (("chair", "clerk"), ("clerk", "chair")):
        one = KEYS.give(first, None, "", "")
        both = one.give(second, None, "", "")

        assert (one.suffice, both.suffice) == (False, True)


def test_recovery_key_stands_in_for_a_lost_one_with_minutes_and_reason():
    both = KEYS.give("chair", None, "", "").give("inspector", "clerk", "07/BB", "Hỏng máy")

    assert both.suffice
    assert both.given == {"chair": None, "inspector": "clerk"}


@pytest.mark.parametrize(
    ("holder", "lost", "minutes", "reason", "refusal"),
    [
        ("stranger", None, "", "", NotAHolder),
        ("chair", None, "", "", KeyAlreadyGiven),
        ("clerk", "chair", "07/BB", "Hỏng máy", NotAHolder),
        ("inspector", None, "07/BB", "Hỏng máy", NothingLost),
        ("inspector", "clerk", " ", "Hỏng máy", NothingLost),
        ("inspector", "clerk", "07/BB", "", NothingLost),
        ("inspector", "chair", "07/BB", "Hỏng máy", NothingLost),
        ("inspector", "stranger", "07/BB", "Hỏng máy", NothingLost),
    ],
)
def test_keys_are_refused(holder, lost, minutes, reason, refusal):
    given_one = KEYS.give("chair", None, "", "")

    with pytest.raises(refusal):
        given_one.give(holder, lost, minutes, reason)


@pytest.mark.parametrize(
    ("named", "usual", "recovery", "refusal"),
    [
        ((), ("chair",), None, OfficersNeeded),
        ((), ("chair", "clerk", "aide"), None, OfficersNeeded),
        (("chair", "chair"), (), None, OfficersNeeded),
        (("chair", "clerk"), (), "clerk", RecoveryNotApart),
        (("chair", "clerk"), (), "judge", RecoveryNotApart),
        (("chair", "aide"), (), None, KeyNotConfirmed),
        (("chair", "clerk"), (), "aide", KeyNotConfirmed),
    ],
)
def test_holders_are_refused(named, usual, recovery, refusal):
    with pytest.raises(refusal):
        name_holders(named, usual, recovery, {"chair", "clerk"}, {"chair", "judge"})


def test_the_usual_officers_hold_the_keys_unless_others_are_named():
    confirmed = {"chair", "clerk", "aide"}

    usual = name_holders((), ("chair", "clerk"), None, confirmed, {"chair"})
    named = name_holders(("aide", "clerk"), ("chair", "clerk"), "chair", confirmed, set())

    assert usual.holders == ("chair", "clerk")
    assert named.holders == ("aide", "clerk", "chair")


def sangkien(*arguments, words="một câu mật khẩu dài"):
    done = CliRunner().invoke(seal, [*map(str, arguments)], input=words + "\n")
    return done.exit_code, done.stdout.strip(), done.stderr


@pytest.mark.slow
def test_a_key_file_answers_a_challenge_and_gives_shares(tmp_path):
    file = tmp_path / "khoa.txt"
    _, public, _ = sangkien("new", file, "--passphrase-stdin")
    service = boxes.Pair.fresh()
    sealed = boxes.encoded(boxes.seal(boxes.read(public), b"word"))

    answered = sangkien("answer", "--passphrase-stdin", file, "--", sealed)
    given_to = ("--", sealed, boxes.written(service.public))
    _, shares, _ = sangkien("give", "--passphrase-stdin", file, *given_to)

    assert answered[:2] == (0, "word")
    assert boxes.Opener(service.private).open(boxes.decoded(shares)) == b"word"
    assert sangkien("show", file)[:2] == (0, public)
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.slow
def test_a_wrong_passphrase_opens_nothing(tmp_path):
    file = tmp_path / "khoa.txt"
    _, public, _ = sangkien("new", file, "--passphrase-stdin")
    sealed = boxes.encoded(boxes.seal(boxes.read(public), b"word"))

    status, said, why = sangkien(
        "answer", "--passphrase-stdin", file, "--", sealed, words="một câu khác hẳn"
    )

    assert (status, said) == (1, "")
    assert "Câu mật khẩu không đúng" in why


@pytest.mark.slow
def test_a_key_file_is_not_written_over_and_a_short_passphrase_is_refused(tmp_path):
    file = tmp_path / "khoa.txt"
    sangkien("new", file, "--passphrase-stdin")
    before = file.read_bytes()

    again = sangkien("new", file, "--passphrase-stdin")
    short = sangkien("new", tmp_path / "ngan.txt", "--passphrase-stdin", words="ngắn")

    assert (again[0], short[0]) == (1, 1)
    assert file.read_bytes() == before
    assert not (tmp_path / "ngan.txt").exists()


@pytest.mark.slow
def test_what_was_sealed_to_another_key_is_named(tmp_path):
    file = tmp_path / "khoa.txt"
    sangkien("new", file, "--passphrase-stdin")
    sealed = boxes.encoded(boxes.seal(JUDGE.public, b"word"))

    status, said, why = sangkien("answer", "--passphrase-stdin", file, "--", sealed)

    assert (status, said) == (1, "")
    assert "không được niêm phong cho khóa trong tệp" in why


@given(st.integers(0, 5), st.none() | st.integers(0, 5))
def test_a_sheet_is_taken_only_on_top_of_the_version_it_was_made_from(newest, based_on):
    panel = SealedPanel(frozenset({"j-1"}), {"j-1": newest} if newest else {})

    if based_on in (None, newest):
        assert panel.take("j-1", "Xem lại", based_on) == newest + 1
    else:
        with pytest.raises(SheetOvertaken):
            panel.take("j-1", "Xem lại", based_on)
