"""The clock, and how a local stack moves it."""

from datetime import UTC, datetime, timedelta

from kernel import clock


def test_now_is_the_machines_instant_in_utc(monkeypatch):
    monkeypatch.delenv("CLOCK_FILE", raising=False)

    before, now, after = datetime.now(UTC), clock.now(), datetime.now(UTC)

    assert before <= now <= after
    assert now.tzinfo is UTC


def test_the_clock_file_moves_it(monkeypatch, tmp_path):
    path = tmp_path / "clock"
    path.write_text('{"offset": -86400.5}')
    monkeypatch.setenv("CLOCK_FILE", str(path))

    yesterday = datetime.now(UTC) - timedelta(seconds=86400.5)

    assert abs(clock.now() - yesterday) < timedelta(seconds=5)


def test_a_clock_nobody_has_moved_yet_is_right(monkeypatch, tmp_path):
    monkeypatch.setenv("CLOCK_FILE", str(tmp_path / "clock"))

    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_the_clock_can_be_moved_again(monkeypatch, tmp_path):
    path = tmp_path / "clock"
    monkeypatch.setenv("CLOCK_FILE", str(path))
    path.write_text('{"offset": 3600}')
    clock.now()
    moved = path.with_name("moved")
    moved.write_text('{"offset": 7200}')
    moved.replace(path)

    assert clock.now() - datetime.now(UTC) > timedelta(seconds=7100)
