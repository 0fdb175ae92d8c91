"""Heads go to clients' webhooks; two who were shown two histories find out by them."""

import msgspec
import pytest

from contracts import ledger
from kernel.testing import NOON
from recount.main import main
from tests.service.notify.events import opened
from tests.service.notify.test_pushes import pushes, register
from tests.unit.recount.contests import kit_of
from tests.unit.recount.tampering import CASES, honest_rows


def signed(made, milestone):
    head = next(one for one in made.heads if one["milestone"] == milestone)
    return msgspec.convert(head, ledger.SignedHead)


@pytest.mark.parametrize("milestone", ["results", "round closed"])
def test_the_head_of_a_milestone_shows_who_was_shown_another_history(
    bench, listener, tmp_path, capsys, milestone
):
    rows, head = honest_rows(), tmp_path / "pushed.json"
    made = kit_of(rows)
    CASES["the_reason_of_an_amendment"][0](rows)
    other = kit_of(rows)
    bench.hear(opened())
    register(bench, listener.url)

    bench.hear(ledger.HeadSigned(contest_id="HG", head=signed(made, milestone)), id="m-1")
    bench.tick("push_states", now=NOON)

    (pushed,) = listener.received
    head.write_bytes(pushed.body)
    told = []
    for one in (made, other):
        (tmp_path / "kit.zip").write_bytes(one.content)
        told.append(main(["verify", str(tmp_path / "kit.zip"), "--head", str(head)]))
    assert told == [0, 1]
    assert "do not hash to the head" in capsys.readouterr().out


def test_a_head_of_every_minute_is_not_pushed(bench, listener):
    register(bench, listener.url)

    head = signed(kit_of(honest_rows()), "")
    bench.hear(ledger.HeadSigned(contest_id="HG", head=head), id="m-1")

    assert pushes(bench) == []
