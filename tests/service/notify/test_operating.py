"""`sangkien deliveries …` and `sangkien notices …` on a real database."""

from click.testing import CliRunner
from sqlalchemy import select

from kernel.testing import NOON
from services.notify.operating import notices
from services.notify.operating.deliveries import group
from services.notify.store import DeliveryRow, PersonRow
from tests.service.notify.events import opened, person, submitted


def run(*words):
    return CliRunner().invoke(group, words)


def test_an_operator_finds_what_failed_reads_its_tries_and_has_it_sent(bench, relay, tmp_path):
    bench.hear(opened())
    bench.hear(person("p-1", email="sen@example.vn"), id="of-1")
    bench.hear(submitted(), id="m-1")
    relay.refusals["sen@example.vn"] = "550 5.1.1 unknown"
    bench.tick("send_letters", now=NOON)
    relay.refusals.clear()
    (row,) = bench.rows(select(DeliveryRow))

    listed = run("list", "--state", "FAILED")
    shown = run("show", "hau-giang", row.delivery_id)
    released = run("release", "hau-giang", row.delivery_id)
    bench.tick("send_letters")
    again = run("release", "hau-giang", row.delivery_id)
    written = run("export", "hau-giang", str(tmp_path / "log.csv"), "--entry", "e-1")

    assert row.delivery_id in listed.output
    assert "1 2022-07-01 05:00:00 05:00:00 REFUSED" in shown.output
    assert "The mail relay refused with 550 5.1.1." in shown.output
    assert (released.output, len(relay.received)) == ("1 will be sent\n", 1)
    assert "is SENT: it is neither held nor failed." in again.output
    assert written.exit_code == 0
    assert (tmp_path / "log.csv").read_text("utf-8-sig").count("\n") == 3


def test_a_delivery_that_is_not_there_is_said_to_be_unknown(bench):
    shown = run("show", "hau-giang", "d-9")

    assert (shown.exit_code, shown.output) == (1, "Error: There is no delivery d-9.\n")
    assert bench.announced == []


def say(*words, said=None):
    return CliRunner().invoke(notices.group, words, input=said)


def test_words_are_listed_printed_tried_and_shown(tmp_path):
    own, wrong = tmp_path / "own.txt", tmp_path / "wrong.txt"
    own.write_text("Hồ sơ {{ entry.receipt_code }} ổn\nChào {{ name }}.\n")
    wrong.write_text("Tên\n{{ diem }}\n")
    page = tmp_path / "letter.html"

    listed, printed = say("list"), say("words", "accepted")
    good = say("check", "accepted", "--text", str(own))
    bad = say("check", "accepted", "--text", str(wrong))
    seen = say("preview", "accepted", "--text", str(own), "--html", str(page))
    unknown = say("check", "nothing")

    assert "accepted" in listed.output
    assert "{{ entry.receipt_code }}" in printed.output
    assert (good.exit_code, good.output) == (0, "Lời văn dùng được.\n")
    assert bad.exit_code == 1
    assert "Line 2: the placeholder diem is unknown." in bad.output
    assert seen.output.startswith("[MẪU] Hồ sơ MAU-000131-0001 ổn\n")
    assert "Chào Nguyễn Văn A." in page.read_text()
    assert "there is no notice nothing" in unknown.output


def test_a_log_is_of_one_entry_contest_or_person(bench):
    del bench

    asked = say("log", "--entry", "e-1", "--person", "p-1")

    assert (asked.exit_code, "Name one of --contest" in asked.output) == (2, True)


def test_roles_of_accounts_that_were_there_before_are_learnt(bench):
    bench.hear(person("p-1"), id="of-1")
    printed = "thu-ky PERSON operator,secretary p-1\none-stop CLIENT client k-1\nmoi PERSON  p-9\n"

    learnt = say("learn-roles", "hau-giang", "-", said=printed)
    wrong = say("learn-roles", "hau-giang", "-", said="thu-ky\n")

    (row,) = bench.rows(select(PersonRow))
    assert row.roles == ["operator", "secretary"]
    assert learnt.output.splitlines() == [
        "1 known now",
        "p-9 has no name and address here: register them over HTTP",
    ]
    assert "Line 1 is not one of `sangkien account list`" in wrong.output
