"""Sheets opened later are compared with what was sealed, from a chain alone."""

from decimal import Decimal

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from contracts import review
from kernel import envelope
from kernel.testing import NOON, actor
from services.ledger.copies import write_chain
from services.ledger.domain import Head, Recorded
from services.ledger.operating import group
from services.ledger.seals import Seals, check
from services.review.sealing import boxes
from services.review.sealing.sheets import Key, open_sheet, seal_sheet

ROUND, JUDGE = boxes.Pair.fresh(), boxes.Pair.fresh()
marks = st.dictionaries(
    st.sampled_from(["TINH_MOI", "HIEU_QUA.NOI_BO", "Ý"]),
    st.decimals(0, 100, places=2),
    min_size=1,
)
texts = st.builds(review.SheetText, marks=marks, comment=st.text(max_size=9))


def told(version, text):
    """Return what is said of a sheet when it is given, and when it is opened."""
    key = Key("HG-2022", "SO_KHAO", "e-1", "j-1", version)
    sealed = seal_sheet(key, text, ROUND.public, JUDGE.public)
    opened = open_sheet(key, sealed.sheet, boxes.Opener(ROUND.private))
    about = {
        "contest_id": "HG-2022",
        "round_id": "SO_KHAO",
        "entry_id": "e-1",
        "judge_id": "j-1",
        "version": version,
        "given_at": NOON,
    }
    marks_given = review.MarksGiven(
        **about,
        marks=opened.text.marks,
        total=sum(opened.text.marks.values(), Decimal(0)),
        digest=opened.digest,
        nonce=opened.nonce,
        words=opened.words,
    )
    return review.SheetSealed(**about, digest=sealed.digest), marks_given


def chain(*events):
    head, lines = Head.genesis("hau-giang"), []
    for event in events:
        wrapped = envelope.wrap(event, tenant="hau-giang", actor=actor(), occurred_at=NOON)
        written = envelope.encode(wrapped).decode()
        line = head.append(Recorded.of(wrapped.id, wrapped.type, NOON, written))
        head, lines = head.after(line), [*lines, line]
    return head, lines


@settings(max_examples=50)
@given(st.lists(texts, min_size=1, max_size=4))
def test_sheets_that_are_as_they_were_sealed_agree(given_texts):
    pairs = [told(version, text) for version, text in enumerate(given_texts, start=1)]
    events = [sealed for sealed, _ in pairs] + [opened for _, opened in pairs]

    assert check(chain(*events)[1]) == Seals(len(pairs), (), (), 0)


@settings(max_examples=50)
@given(texts, st.decimals(0, 100, places=2))
def test_another_mark_is_found_out_and_the_same_written_otherwise_is_not(text, other):
    sealed, opened = told(1, text)
    code = min(opened.marks)
    changed = replace(opened, marks={**opened.marks, code: other})

    found = check(chain(sealed, changed)[1])

    assert (found.agree == 1) == (other == opened.marks[code])
    assert bool(found.changed) == (other != opened.marks[code])


def test_sheet_nobody_sealed_and_one_still_sealed_are_told_apart():
    sealed, _ = told(1, review.SheetText(marks={"Ý": Decimal(5)}))
    _, stray = told(2, review.SheetText(marks={"Ý": Decimal(5)}))
    in_the_open = replace(stray, version=3, nonce="", words="", digest="")

    found = check(chain(sealed, stray, in_the_open)[1])

    assert found == Seals(0, (), (("HG-2022", "SO_KHAO", "e-1", "j-1", 2),), 1)


@pytest.mark.parametrize(("change", "status"), [({}, 0), ({"nonce": "00"}, 1)])
def test_the_command_says_what_it_found(tmp_path, change, status):
    sealed, opened = told(1, review.SheetText(marks={"Ý": Decimal(5)}))
    head, lines = chain(sealed, replace(opened, **change))
    file = tmp_path / "so-cai.jsonl"
    with file.open("wb") as into:
        write_chain(into, "hau-giang", head, lines)

    done = CliRunner().invoke(group, ["seals", str(file)])

    assert done.exit_code == status
    assert f"{1 - status} sheets as they were sealed" in done.output
    assert ("CHANGED: HG-2022 SO_KHAO e-1 j-1 1" in done.output) == bool(status)
