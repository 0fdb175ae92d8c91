"""What `sangkien status` and `top` make of what processes show."""

import pytest

from telemetry import status
from telemetry.reading import Look, MetricsSettings

ROUND = (("contest", "hg"), ("round", "R1"), ("tenant", "hau-giang"))


def look(name: str = "review-0", health: str = "ok", **samples: float) -> Look:
    return Look(
        name,
        {"database": "ok", "broker": health},
        {(f"sangkien_{metric}", ()): value for metric, value in samples.items()},
    )


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(None, "-"), (0, "-"), (59, "59s"), (60, "1m"), (7200, "2h"), (200000, "2d")],
)
def test_an_age_is_in_its_largest_unit(seconds, said):
    assert status.age(seconds) == said


def test_a_process_is_one_line():
    shown = look(outbox_waiting=3, outbox_oldest_seconds=90, workers=10, workers_busy=4)

    assert status.row(shown) == ["review-0", "ok", "3", "2m", *"----", "4/10", "-/-"]


def test_what_waits_its_turn_is_none_where_only_the_other_figures_are_shown():
    shown = [look(inbox_dead=0), look(inbox_dead=0, inbox_waiting=7), look()]

    assert [status.row(one)[7] for one in shown] == ["0", "7", "-"]


def test_what_is_ill_is_named():
    assert status.row(look(health="Unwell"))[1] == "broker: Unwell"


def test_columns_are_as_wide_as_their_widest_cell():
    lines = list(status.table(("a", "b"), [("long cell", "1"), ("x", "22")]))

    assert lines == ["a          b", "long cell  1", "x          22"]


def test_rates_are_of_the_time_between_two_looks():
    before = look(message_seconds_count=10, message_seconds_sum=1.0)
    after = look(message_seconds_count=30, message_seconds_sum=2.0)

    assert status.rates(after, before, 4.0) == ["5.0", "50ms"]
    assert status.rates(before, before, 4.0) == ["0.0", "-"]
    assert status.rates(after, None, 4.0) == ["-", "-"]


def test_copies_of_a_service_show_a_round_and_a_queue_once():
    samples = {
        ("sangkien_round_sheets_due", ROUND): 30.0,
        ("sangkien_round_sheets_given", ROUND): 12.0,
        ("sangkien_round_overdue_seconds", ROUND): 0.0,
        ("sangkien_queue_messages", (("queue", "review.commands"),)): 7.0,
        ("sangkien_queue_messages", (("queue", "review.queries"),)): 0.0,
    }
    copies = [Look(f"review-{number}", {"database": "ok"}, samples) for number in range(2)]

    lines = list(status.page(copies))

    assert lines[3:] == [
        "", "Queues with messages", "  review.commands: 7",
        "", "Open rounds", "  hau-giang hg R1: 12 of 30 sheets",
    ]  # fmt: skip


def test_addresses_are_read_by_name():
    told = MetricsSettings(metrics_urls="review-0=http://a:1/, gateway=http://b:2")

    assert told.targets == {"review-0": "http://a:1", "gateway": "http://b:2"}
    assert "ledger" in MetricsSettings().targets
