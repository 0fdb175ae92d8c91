"""What must not be seen pushes nothing out: candidates are those of an index of the others."""

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from kernel.database import Origin
from kernel.testing import TENANT
from services.originality import store
from services.originality.domain import Entry, Policy, Scope
from services.originality.store import KeptText, Kind, Prints
from services.originality.store.postings import Channel
from services.originality.store.postings.searching import MAX_DF
from tests.service.originality.oracle import Oracle

CUTOFF = date(2022, 6, 30)
SCOPES = frozenset({Scope.PROVINCE, Scope.PUBLICATION})
POLICY = Policy(
    contest_id="HG-2022",
    title="",
    descriptions=frozenset(),
    cutoff=CUTOFF,
    report_above=Decimal(0),
    must_review_above=Decimal(0),
    scopes=SCOPES,
)
MORNING = datetime(2022, 8, 1, 1, 0, tzinfo=UTC)
MOST = 4
EVERYBODY = 10_000


class Shelf:
    """Texts of a register and of two contests, most of them alike, and an oracle beside them."""

    def __init__(self, session: Session, seed: int) -> None:
        self.session, self.oracle = session, Oracle()
        self.dice = random.Random(seed)  # noqa: S311  # a test repeats itself
        self.vocabulary = [self.dice.getrandbits(64) - (1 << 63) for _ in range(60)]
        self.texts: dict[int, tuple[KeptText, Prints]] = {}
        for number in range(80):
            self.put(self.a_text(number))

    def a_text(self, number: int) -> KeptText:
        if self.dice.random() < 0.4:
            days = self.dice.choice([None, -400, 0, 1, 300])
            return KeptText(
                kind=Kind.KNOWN_INITIATIVE,
                source_id=f"SK-{number:02}",
                title="",
                body="",
                register=self.dice.choice(["TINH", "TW"]),
                applied_on=None if days is None else CUTOFF + timedelta(days),
                scope=self.dice.choice([*sorted(SCOPES), Scope.OTHER_CONTEST]),
                entry_id=self.dice.choice([None, "e-00", "e-01"]),
            )
        return KeptText(
            kind=Kind.ENTRY,
            source_id=f"e-{number:02}",
            title="",
            body="",
            contest_id=self.dice.choice(["HG-2022", "HG-2024"]),
            filed_at=MORNING + timedelta(hours=self.dice.randrange(5)),
        )

    def some(self) -> tuple[int, ...]:
        return tuple(self.dice.sample(self.vocabulary, self.dice.choice([3, 10, 30])))

    def put(self, text: KeptText) -> None:
        prints = Prints(self.some(), self.some())
        (text_id,) = store.save_texts(self.session, [(text, prints)])
        self.texts[text_id] = text, prints
        for channel in (Channel.FINGERPRINT, Channel.TRIPLE):
            self.oracle.add(channel, text_id, dict.fromkeys(prints.under(channel), 1))

    def is_before(self, text: KeptText, entry: Entry) -> bool:
        if text.kind is Kind.KNOWN_INITIATIVE:
            in_time = text.applied_on is None or text.applied_on <= CUTOFF
            return in_time and text.scope in SCOPES and text.entry_id != entry.entry_id
        earlier = (text.filed_at, text.source_id) < (entry.filed_at, entry.entry_id)
        return text.contest_id == entry.contest_id and earlier

    def expected(self, entry: Entry, prints: Prints) -> list[int]:
        found = []
        for channel, most in ((Channel.FINGERPRINT, MOST), (Channel.TRIPLE, MOST // 2)):
            ranked = self.oracle.search(channel, set(prints.under(channel)), EVERYBODY, MAX_DF, 2)
            seen = [each for each, *_ in ranked if self.is_before(self.texts[each][0], entry)]
            found += [each for each in seen[:most] if each not in found]
        return found

    def owed(self, prints: Prints, after: Entry | None) -> list[str]:
        """Return the entries that share enough with these prints, and are filed later."""
        found = set()
        for channel in (Channel.FINGERPRINT, Channel.TRIPLE):
            asked = set(prints.under(channel))
            for text_id, *_ in self.oracle.search(channel, asked, EVERYBODY, MAX_DF, 2):
                text = self.texts[text_id][0]
                if text.kind is Kind.ENTRY and (after is None or self.is_after(text, after)):
                    found.add(text.source_id)
        return sorted(found)

    def is_after(self, text: KeptText, entry: Entry) -> bool:
        later = (text.filed_at, text.source_id) > (entry.filed_at, entry.entry_id)
        return text.contest_id == entry.contest_id and later


def entry_of(text: KeptText) -> Entry:
    return Entry(text.source_id, text.contest_id, "", 1, text.filed_at, "")


@pytest.fixture(params=range(3))
def shelf(bench, request) -> Shelf:
    with bench.database.work(Origin.own("originality", TENANT)) as work:
        yield Shelf(work.session, request.param)


def test_candidates_are_the_best_of_what_was_there_before(shelf: Shelf):
    entries = [each for each in shelf.texts.values() if each[0].kind is Kind.ENTRY]

    found = [
        store.candidates(shelf.session, entry_of(text), prints, POLICY, MOST).text_ids
        for text, prints in entries
    ]

    assert found == [shelf.expected(entry_of(text), prints) for text, prints in entries]
    assert any(len(each) > MOST for each in found)


def test_later_entries_are_owed_a_report_by_what_they_share(shelf: Shelf):
    entries = [each for each in shelf.texts.values() if each[0].kind is Kind.ENTRY]

    found = [
        store.later_entries_alike(shelf.session, [prints], after=entry_of(text))
        for text, prints in entries
    ]
    by_register = store.later_entries_alike(shelf.session, [prints for _, prints in entries[:2]])

    assert found == [shelf.owed(prints, entry_of(text)) for text, prints in entries]
    assert by_register == sorted(
        {each for _, prints in entries[:2] for each in shelf.owed(prints, None)}
    )


def test_candidates_say_by_which_version_of_the_index_they_were_found(shelf: Shelf):
    text, prints = next(each for each in shelf.texts.values() if each[0].kind is Kind.ENTRY)

    found = store.candidates(shelf.session, entry_of(text), prints, POLICY, MOST)

    assert (found.manifest.version, found.extent.newest) == (0, max(shelf.texts))


def test_texts_that_came_since_can_be_left_out_for_an_appeal(shelf: Shelf):
    text, prints = next(each for each in shelf.texts.values() if each[0].kind is Kind.ENTRY)
    before = store.candidates(shelf.session, entry_of(text), prints, POLICY, EVERYBODY)
    known = KeptText(Kind.KNOWN_INITIATIVE, "SK-99", title="", body="", register="TINH")
    (text_id,) = store.save_texts(shelf.session, [(known, Prints(prints.fingerprints))])

    now, again = (
        store.candidates(shelf.session, entry_of(text), prints, POLICY, EVERYBODY, extent=extent)
        for extent in (None, before.extent)
    )

    assert now.text_ids[0] == text_id
    assert again.text_ids == before.text_ids
