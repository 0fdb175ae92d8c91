"""Dossiers are mirrored at portals: in order, once, whatever a portal does, and none waits."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from msgspec import structs
from sqlalchemy import select

from contracts import awards, intake
from kernel.database import Origin
from kernel.testing import TENANT, Rejected, actor
from services.intake.service import IntakeService
from services.intake.service.comparing import reconcile
from services.intake.service.mirrored import mirrored
from services.intake.service.telling import Speaker
from services.intake.store import onegate
from services.intake.store.tables import ShareRow
from tests.service.intake.conftest import CONTEST, IN_TIME, SECRETARY, Contest
from tests.service.intake.portals import Portal

OPERATOR = actor("operator", id="op-1")
PATIENT = ",".join(["0"] * 40)
LATER = datetime(2030, 1, 1, tzinfo=UTC)


@pytest.fixture
def portal():
    """Return a function that starts a sandbox with switches."""
    made: list[Portal] = []

    def start(*switches: str) -> Portal:
        made.append(Portal(*switches))
        return made[-1]

    yield start
    for one in made:
        one.kill()


@pytest.fixture
def bench(service_bench):
    return service_bench(IntakeService, ONEGATE_PAUSES=PATIENT, ONEGATE_SECONDS="1")


def set_up(contest: Contest, url: str, name: str = "dvcqg", password="sandbox", **other) -> None:  # noqa: S107
    procedure = intake.Procedure(
        contest_id=CONTEST, code="3.000181", name="Dự thi sáng kiến (mẫu)",
        field_code="G03-GD10", field_name="Thi đua, khen thưởng (mẫu)",
    )  # fmt: skip
    counterparty = intake.Counterparty(
        name=name, url=url, username="sangkien", dstcode="VN:GOV:MAU", agency_code="H30",
        unit="Sở Nội vụ (mẫu)", procedures=(procedure,), **other,
    )  # fmt: skip
    asked = intake.ConfigureCounterparty(counterparty=counterparty, password=password)
    contest.ask(asked, OPERATOR)


def speaker(contest: Contest, name: str = "dvcqg") -> Speaker:
    bench = contest.bench
    return Speaker(bench.database, TENANT, name, bench.service.settings)


def pushes(contest: Contest, **wanted) -> list[intake.PushView]:
    asked = intake.ListPushes(**wanted)
    return contest.ask(asked, OPERATOR, reply=list[intake.PushView])


def tell(contest: Contest, name: str = "dvcqg") -> None:
    """Tell the portal until nothing waits any more."""
    for _ in range(200):
        if not pushes(contest, counterparty=name, state="QUEUED"):
            return
        speaker(contest, name).tell_due()
    raise AssertionError([push.last_error for push in pushes(contest, state="QUEUED")])


def publish(contest: Contest) -> None:
    heard = awards.ResultsPublished(contest_id=CONTEST, lines=(), papers=())
    assert contest.bench.hear(heard, now=IN_TIME) == "done"


def live_through(contest: Contest, count: int = 3) -> dict[str, tuple[int, str, list[str]]]:
    """Have entries go different ways; return what a portal has to show at the end."""
    ids = [contest.enter(title=f"Sáng kiến {number}") for number in range(count)]
    codes = [contest.show(entry_id).receipt_code for entry_id in ids]
    contest.give_back(ids[0])
    contest.submit(ids[0])
    for entry_id in ids[:2]:
        contest.accept(entry_id)
    contest.ask(intake.WithdrawEntry(entry_id=ids[2], reason="Nộp nhầm"))
    publish(contest)
    # The line of results is one more step of an accepted entry: under review, then decided.
    decided = ["2", "4", "9", "10"]
    return {
        codes[0]: (1, "10", ["1", "5", "1", *decided]),
        codes[1]: (1, "10", ["1", *decided]),
        codes[2]: (1, "7", ["1", "7"]),
    }


def test_a_dossier_is_told_step_by_step_and_nine_comes_before_ten(contest, portal):
    there = portal()
    set_up(contest, there.url)

    expected = live_through(contest)
    tell(contest)

    assert there.shown() == expected
    assert {push.state for push in pushes(contest)} == {"SENT"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "switches",
    [
        ("--fail", "0.34"),
        ("--duplicate-on-timeout", "1.5"),
        ("--slow", "0.05"),
        ("--session-calls", "2"),
    ],
    ids=lambda switches: switches[0],
)
def test_whatever_a_portal_does_it_shows_our_timeline_once(contest, portal, switches):
    there = portal(*switches)
    set_up(contest, there.url)

    expected = live_through(contest)
    tell(contest)

    assert there.shown() == expected


def test_a_portal_may_have_a_code_of_its_own_for_a_step(contest, portal):
    there = portal("--deviate", "supplement-as-1")
    set_up(contest, there.url, statuses={"SUPPLEMENT": "1"})
    entry_id = contest.enter()
    contest.give_back(entry_id)

    tell(contest)

    assert [shown[1:] for shown in there.shown().values()] == [("1", ["1", "1"])]


def test_a_portal_may_take_the_bare_array(contest, portal):
    there = portal()
    set_up(contest, there.url, array_body=True)
    contest.enter()

    tell(contest)

    assert [shown[:2] for shown in there.shown().values()] == [(1, "1")]


@pytest.mark.slow
def test_a_portal_that_is_killed_and_comes_back_shows_our_timeline_once(contest, portal, tmp_path):
    there = portal("--file", str(tmp_path / "dossiers.json"))
    set_up(contest, there.url)
    expected = live_through(contest)
    speaker(contest).tell_due()
    there.kill()
    contest.enter(title="Trong lúc cổng dừng")
    speaker(contest).tell_due()
    waiting = pushes(contest, state="QUEUED")

    there.start()
    tell(contest)

    assert [push.last_error for push in waiting] == ["No answer: NewConnectionError."]
    shown = there.shown()
    assert {code: shown[code] for code in expected} == expected
    assert sorted(count for count, _, _ in shown.values()) == [1, 1, 1, 1]


def test_a_portal_that_hangs_delays_no_other(contest, portal):
    hanging, working = portal("--hang"), portal()
    set_up(contest, hanging.url, "a-treo")
    set_up(contest, working.url, "b-chay")
    contest.enter()

    contest.bench.tick("tell_counterparties", now=LATER)
    working.wait_for("CapNhatTienDoHoSoMC")

    states = {push.counterparty: push.state for push in pushes(contest)}
    assert states["a-treo"] == "QUEUED"
    assert [shown[:2] for shown in working.shown().values()] == [(1, "1")]


def test_nobody_speaks_with_a_portal_that_another_speaks_with(contest, portal):
    there = portal()
    set_up(contest, there.url)
    contest.enter()

    with speaker(contest).line() as line:
        speaker(contest).tell_due()

    assert line is not None
    assert there.calls == []


@pytest.fixture
def linked(service_bench):
    settings = {"ONEGATE_PAUSES": PATIENT, "PUBLIC_URL": "https://sangkien.example/"}
    contest = Contest(service_bench(IntakeService, **settings))
    contest.open()
    return contest


@pytest.fixture
def impatient(service_bench):
    contest = Contest(service_bench(IntakeService, ONEGATE_PAUSES="0", ONEGATE_SECONDS="1"))
    contest.open()
    return contest


def test_what_is_declined_to_the_end_is_dead_until_it_is_tried_again(impatient, portal):
    there = portal("--password", "khác")
    set_up(impatient, there.url)
    entry_id = impatient.enter()
    impatient.accept(entry_id)
    tell_once = speaker(impatient).tell_due

    tell_once()
    dead = pushes(impatient, state="DEAD")
    set_up(impatient, there.url, password="khác")  # noqa: S106
    retried = impatient.ask(intake.RetryPushes(counterparty="dvcqg"), OPERATOR)
    tell_once()

    assert [(one.step, one.attempts, one.last_error) for one in dead] == [
        ("REGISTERED", 2, "Declined with error_code 2.")
    ]
    assert retried == 1
    assert list(there.shown().values()) == [(1, "2", ["1", "2"])]


def test_what_a_portal_has_lost_or_changed_is_told_again(contest, portal):
    there = portal()
    set_up(contest, there.url)
    expected = live_through(contest)
    tell(contest)
    there.kill()  # without a file it forgets everything
    there.start()

    reconcile(speaker(contest))
    tell(contest)
    asked = intake.ListReconciliations()
    first = contest.ask(asked, OPERATOR, reply=list[intake.ReconciliationView])[0]
    reconcile(speaker(contest))
    second = contest.ask(asked, OPERATOR, reply=list[intake.ReconciliationView])[0]

    assert there.shown() == expected
    assert (first.checked, first.missing, first.differing, first.complete) == (3, 3, 0, True)
    assert (second.checked, second.missing, second.differing, second.complete) == (3, 0, 0, True)


def test_an_entry_older_than_its_portal_is_found_by_comparing(contest, portal):
    contest.enter()
    there = portal()
    set_up(contest, there.url)

    contest.bench.tick("reconcile_counterparties", now=LATER)
    reconcile(speaker(contest))
    tell(contest)

    assert [shown[:2] for shown in there.shown().values()] == [(1, "1")]


def test_a_password_is_kept_and_never_shown(contest, portal):
    there = portal()
    set_up(contest, there.url)
    set_up(contest, there.url, password=None)
    contest.enter()

    tell(contest)
    shown = contest.ask(intake.ListCounterparties(), OPERATOR)

    assert {push.state for push in pushes(contest)} == {"SENT"}
    assert all("password" not in one for one in shown)
    assert "'sandbox'" not in str([list(one.values()) for one in shown])


def test_files_are_told_by_links_that_end_when_the_dossier_is_withdrawn(linked, portal):
    there = portal()
    set_up(linked, there.url)
    entry_id = linked.enter()
    tell(linked)
    (dossier,) = (found[-1]["dossier"] for found in there.dossiers.values())
    (file,) = dossier["TaiLieuNop"]
    token = file["DuongDanTaiTepTin"].rpartition("/")[2]
    follow = intake.FollowShare(token=token)

    before = linked.ask(follow, actor("anonymous"))
    linked.ask(intake.WithdrawEntry(entry_id=entry_id))

    assert file["DuongDanTaiTepTin"].startswith("https://sangkien.example/v1/files/")
    assert before.startswith("http")
    with pytest.raises(Rejected, match="ShareEnded"):
        linked.ask(follow, actor("anonymous"))


def test_a_step_told_again_and_again_gives_the_same_links(linked):
    set_up(linked, "http://127.0.0.1:1")
    linked.enter()
    (push,) = pushes(linked)

    def links(after: timedelta) -> tuple[str, ...]:
        origin = replace(Origin.own("intake", TENANT), now=LATER + after)
        with linked.bench.database.work(origin) as work:
            row = onegate.due_pushes(work.session, push.counterparty, work.now)[0]
            told = mirrored(row, linked.bench.service.settings, work)
            return tuple(one.url for one in told.attachments)

    first, again = links(timedelta(0)), links(timedelta(days=20))
    kept = linked.bench.rows(select(ShareRow.until))
    after_its_end = links(timedelta(days=51))

    assert (len(first), again) == (1, first)
    assert kept == [LATER + timedelta(days=50)]
    assert after_its_end != first
    token = first[0].rpartition("/")[2]
    assert linked.ask(intake.FollowShare(token=token), actor("anonymous")).startswith("http")


def test_a_sandbox_tells_sandboxes_only(contest):
    trial = intake.Counterparty(
        name="thu", url="http://localhost", username="u", dstcode="d", agency_code="H30",
        unit="Sở", procedures=(), sandbox=True,
    )  # fmt: skip
    asked = intake.ConfigureCounterparty(counterparty=trial, password="p")  # noqa: S106

    contest.ask(asked, OPERATOR, tenant="hau-giang-sandbox")

    with pytest.raises(Rejected, match="OtherWorld"):
        contest.ask(asked, OPERATOR)
    with pytest.raises(Rejected, match="OtherWorld"):
        contest.ask(
            intake.ConfigureCounterparty(
                counterparty=structs.replace(trial, sandbox=False),
                password="p",  # noqa: S106
            ),
            OPERATOR,
            tenant="hau-giang-sandbox",
        )


def test_only_an_operator_sets_portals_up(contest):
    counterparty = intake.Counterparty(
        name="dvcqg", url="http://localhost", username="u", dstcode="d", agency_code="H30",
        unit="Sở", procedures=(),
    )  # fmt: skip
    asked = intake.ConfigureCounterparty(counterparty=counterparty, password="p")  # noqa: S106

    with pytest.raises(Rejected, match="Forbidden"):
        contest.ask(asked, SECRETARY)


def test_a_new_portal_needs_a_password(contest):
    with pytest.raises(Rejected, match="NoPassword"):
        set_up(contest, "http://localhost", password=None)


def test_a_contest_nobody_mirrors_makes_no_pushes(contest):
    contest.enter()

    assert pushes(contest) == []


def test_another_tenant_sees_no_portal_of_ours(contest, portal):
    set_up(contest, portal().url)
    contest.enter()

    theirs = contest.ask(intake.ListPushes(), OPERATOR, tenant="soc-trang")

    assert len(pushes(contest)) == 1
    assert theirs == []


def test_the_sandbox_reads_the_names_of_headers_however_they_are_written(portal):
    said = {"username": "u", "password": "sandbox"}

    answer = httpx.post(f"{portal().url}/login", json=said, headers={"DstCode": "VN:GOV:MAU"})

    assert answer.json()["error_code"] == 0
