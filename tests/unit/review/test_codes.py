"""Blind codes and drawn orders."""

from hypothesis import given
from hypothesis import strategies as st

from services.review.domain.codes import blind_codes, drawn

ids = st.sets(st.text("abcdef0123456789", min_size=4, max_size=8), max_size=40)


def test_codes_begin_with_the_contest_and_count_from_one():
    assert blind_codes("HG-CCHC-2022", ("e-2", "e-1")) == {"e-2": "HG-01", "e-1": "HG-02"}


def test_codes_are_equally_long_in_a_large_contest():
    codes = blind_codes("HG-CCHC-2022", [f"e-{number}" for number in range(120)])

    assert (codes["e-0"], codes["e-119"]) == ("HG-001", "HG-120")


def test_latecomers_are_numbered_after_the_others():
    assert blind_codes("HG-CCHC-2022", ("e-9",), taken=16) == {"e-9": "HG-17"}


def test_order_shows_nothing_of_the_order_of_filing():
    filed = [f"e-{number:03}" for number in range(100)]

    order = drawn("secret", "SO_KHAO", filed)

    assert sorted(order) == filed
    assert sum(order[place] == filed[place] for place in range(100)) < 10


def test_each_round_and_each_secret_draws_anew():
    filed = [f"e-{number:03}" for number in range(20)]

    orders = {
        drawn("secret", "SO_KHAO", filed),
        drawn("secret", "BAO_VE", filed),
        drawn("other", "SO_KHAO", filed),
    }

    assert len(orders) == 3


@given(ids, st.randoms())
def test_draw_depends_on_who_is_in_it_alone(entry_ids, random):
    shuffled = random.sample(sorted(entry_ids), k=len(entry_ids))

    assert drawn("secret", "SO_KHAO", entry_ids) == drawn("secret", "SO_KHAO", shuffled)


@given(ids)
def test_no_two_entries_share_a_code(entry_ids):
    codes = blind_codes("HG-CCHC-2022", drawn("secret", "SO_KHAO", entry_ids))

    assert len(set(codes.values())) == len(entry_ids)
