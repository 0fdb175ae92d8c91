"""Another province is told a band and a contact: by agreement, and not too often."""

import json
from datetime import timedelta
from itertools import count
from random import Random

import pytest
from sqlalchemy import select

from contracts import originality
from contracts.message import Actor
from kernel.testing import NOON, TENANT, Rejected, actor
from services.originality.domain import exchange
from services.originality.service import OriginalityService
from services.originality.store.exchange import KeyedFingerprintRow
from tests.service.originality.conftest import ORGANISER, SECRETARY, Contest
from tests.unit.originality.disguise import paragraphs, text
from tests.unit.originality.printing import prints_of

KEYED_ROWS = select(KeyedFingerprintRow.hash)
KEY, SECRET = "ab" * 32, "cd" * 32
OWN, TIMES = text("hen_gio"), " ".join(paragraphs("hen_gio"))
CONTACT = originality.Contact(office="Sở Nội vụ tỉnh Hậu Giang", email="snv@example.vn")
CLIENT = Actor(id="c-1", roles=frozenset({"client"}), scopes=frozenset({"exchange:ask"}))
EXCHANGE = {
    TENANT: {
        "contact": {"office": CONTACT.office, "email": CONTACT.email},
        "secret": SECRET,
        "partners": [
            {"province": "can-tho", "key": KEY, "client": "c-1", "pace": {"a_day": 4}},
        ],
    }
}


@pytest.fixture
def bench(service_bench):
    return service_bench(OriginalityService, EXCHANGE=json.dumps(EXCHANGE))


def question(written: str, seed: int = 1) -> originality.CompareFingerprints:
    dice = Random(seed)  # noqa: S311  # a test repeats itself
    noise = (dice.getrandbits(64) - (1 << 63) for _ in count())
    hashes = exchange.keyed(bytes.fromhex(KEY), prints_of(written))
    return originality.CompareFingerprints(fingerprints=exchange.question(hashes, noise))


def know(contest: Contest, code: str, written: str, scope: str = "PROVINCE") -> None:
    known = originality.KnownInitiative(
        code=code, title=f"Mô hình {code}", text=written, applied_at="Sở Nội vụ", scope=scope
    )
    asked = originality.ImportInitiatives(register="TINH", initiatives=(known,))
    contest.bench.ask(asked, actor=ORGANISER)
    contest.bench.tick("key_register")


def ask(contest: Contest, written: str = OWN, **others) -> originality.BandAnswer:
    return contest.bench.ask(
        question(written),
        actor=others.pop("by", CLIENT),
        reply=originality.BandAnswer,
        **others,
    )


def test_copy_is_told_as_a_band_with_a_contact_and_nothing_else(contest: Contest):
    know(contest, "SK-1", TIMES)

    raw = contest.bench.ask(question(OWN), actor=CLIENT)

    assert set(raw) == {"band", "contact"}
    assert ask(contest) == originality.BandAnswer(band="HIGH", contact=CONTACT)


def test_text_of_its_own_is_told_as_none(contest: Contest):
    know(contest, "SK-1", TIMES)

    assert ask(contest, text("kho_giay")).band == "NONE"


def test_entries_and_what_is_known_of_others_are_not_told(contest: Contest):
    contest.submit("e-1", OWN)
    for scope in ("OTHER_PROVINCE", "PUBLICATION", "OTHER_CONTEST"):
        know(contest, scope, TIMES, scope)

    assert ask(contest).band == "NONE"


def test_initiative_taken_out_is_told_no_more_even_before_its_keys_are_forgotten(contest: Contest):
    know(contest, "SK-1", TIMES)
    contest.bench.ask(originality.RemoveInitiative(register="TINH", code="SK-1"), actor=ORGANISER)

    before = ask(contest).band
    contest.bench.tick("key_register")

    assert before == "NONE"
    assert contest.bench.rows(KEYED_ROWS) == []


def test_keys_no_longer_agreed_are_forgotten(contest: Contest):
    know(contest, "SK-1", TIMES)
    office = {**EXCHANGE[TENANT], "partners": []}

    contest.bench.service.settings = type(contest.bench.service.settings)(
        exchange=json.dumps({TENANT: office})
    )
    contest.bench.tick("key_register")

    assert contest.bench.rows(KEYED_ROWS) == []


def test_register_is_keyed_in_goes_until_all_of_it_is(contest: Contest, monkeypatch):
    monkeypatch.setattr("services.originality.service.exchange.KEYED", 1)
    know(contest, "SK-1", text("kho_giay"))
    know(contest, "SK-2", text("dan_luat"))

    know(contest, "SK-3", TIMES)

    assert ask(contest).band == "HIGH"


@pytest.mark.parametrize(
    ("by", "code"),
    [
        (actor("client", id="c-2"), "NoAgreement"),
        (actor("organiser", id="c-1"), "Forbidden"),
    ],
)
def test_only_the_client_of_an_agreement_is_answered(contest: Contest, by, code):
    with pytest.raises(Rejected) as refused:
        ask(contest, by=by)

    assert refused.value.code == code


def test_tenant_without_an_agreement_answers_nobody(contest: Contest):
    with pytest.raises(Rejected) as refused:
        ask(contest, tenant="can-tho")

    assert refused.value.code == "NoAgreement"


def test_single_words_in_a_row_cannot_be_tried(contest: Contest):
    know(contest, "SK-1", TIMES)
    one = sorted(prints_of(TIMES))[:5]
    hashes = [f"{value % (1 << 64):016x}" for value in exchange.keyed(bytes.fromhex(KEY), one)]
    noise = [f"{value:016x}" for value in range(59)]
    alone = originality.CompareFingerprints(fingerprints=tuple(hashes))

    with pytest.raises(Rejected) as refused:
        contest.bench.ask(alone, actor=CLIENT)
    padded = originality.CompareFingerprints(fingerprints=(*hashes, *noise))
    answer = contest.bench.ask(padded, actor=CLIENT, reply=originality.BandAnswer)

    assert (refused.value.code, answer.band) == ("TooFewFingerprints", "NONE")


def test_questions_of_a_day_are_counted_and_a_repeated_one_is_not(contest: Contest):
    for number in range(4):
        ask(contest, now=NOON + timedelta(minutes=number), id=f"q-{number}")

    again = ask(contest, now=NOON + timedelta(minutes=5), id="q-3")
    with pytest.raises(Rejected) as refused:
        ask(contest, now=NOON + timedelta(minutes=5))
    next_day = ask(contest, now=NOON + timedelta(days=1))

    assert refused.value.code == "QuotaSpent"
    assert again == next_day


def test_record_says_who_when_and_how_much(contest: Contest):
    know(contest, "SK-1", TIMES)
    asked = question(OWN)

    contest.bench.ask(asked, actor=CLIENT)

    lines = contest.bench.ask(
        originality.ListComparisons(),
        actor=SECRETARY,
        reply=tuple[originality.ComparisonLine, ...],
    )
    assert lines == (
        originality.ComparisonLine(
            way="ANSWERED",
            province="can-tho",
            at=NOON,
            by="c-1",
            fingerprints=len(asked.fingerprints),
            band="HIGH",
        ),
    )


def test_province_that_cannot_be_reached_is_not_asked(contest: Contest):
    with pytest.raises(Rejected) as refused:
        contest.bench.ask(
            originality.AskProvince(entry_id="e-1", province="can-tho"), actor=SECRETARY
        )

    assert refused.value.code == "UnknownProvince"
