"""Zalo, SMS and the exchange axis, each against a counterparty in a process of its own."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
import urllib3
from msgspec import structs
from sqlalchemy import select

from benchmarks.notices.running import Processes
from contracts import notify
from kernel.database import Origin
from kernel.testing import NOON, TENANT
from services.notify import channels, store
from services.notify.domain import Accepted, NamedEntry, Reached, Refusal, Telling
from services.notify.service import NotifyService
from services.notify.store import EVERYWHERE, DeliveryRow, NoticeWordsRow
from services.notify.written import OfficialDocument
from tests.service.notify.conftest import patient
from tests.service.notify.events import HG, opened, person

NAMED = NamedEntry("H30-220815-0001", "Một cửa số cho cấp xã")
SETUP = """
tenants:
  hau-giang:
    zns:
      url: {url}/message/template
      token_url: {url}/v4/oa/access_token
      app_id: "1"
      secret_file: {folder}/secret
      refresh_file: {folder}/refresh
      templates: {{accepted: {{name: customer_name, code: code}}}}
    sms:
      url: {url}/sms
      brand: MAU
      token_file: {folder}/secret
      taken: code
      taken_values: ["100"]
    edxml:
      url: {url}/edxml
      organ_id: 000.00.00.H30
      organ_name: UBND tỉnh (mẫu)
      place: Vị Thanh
      signer_title: Chủ tịch
      signer_name: Người ký (mẫu)
      token_file: {folder}/secret
      notation: TB-MAU
      first_number: 21
      organs: {{STP: 000.00.10.H30}}
"""


@pytest.fixture(scope="module")
def counterparty(tmp_path_factory):
    """Run a sandbox whose tokens end after three calls; make the file that names it."""
    folder = tmp_path_factory.mktemp("channels")
    (folder / "secret").write_text("sandbox\n")
    with Processes(folder) as processes:
        templates = ("--template", "accepted:name,code", "--token-calls", "3")
        url = processes.address("kernel.operate", "channels-sandbox", *templates)
        (folder / "channels.yaml").write_text(SETUP.format(url=url, folder=folder))
        yield url, folder


@pytest.fixture
def office(service_bench, counterparty):
    """Open a contest, with people who have phones."""
    url, folder = counterparty
    # The sandbox outlives a database: each begins with the token that is good now.
    calls = urllib3.request("GET", url).json()
    (folder / "refresh").write_text(calls["refresh"])
    bench = patient(service_bench(NotifyService, CHANNELS_FILE=str(folder / "channels.yaml")))
    bench.hear(opened())
    for number in range(1, 5):
        who = person(f"p-{number}", f"Nguyễn Thị Số {number}", None)
        phoned = type(who)(
            **{
                **{f: getattr(who, f) for f in who.__struct_fields__},
                "phone": f"091234567{number}",
            }
        )
        bench.hear(phoned, id=f"of-{number}")
    return bench


def tell(bench, *tellings):
    common = {
        "tenant": TENANT,
        "event_id": "m-1",
        "event_type": "intake.EntryAccepted",
        "contest_id": HG,
        "queued_at": NOON,
        "due_at": NOON,
    }
    with bench.database.work(Origin.own("notify", TENANT)) as work:
        for told in tellings:
            store.put_in_queue(work.session, common, [(work.new_id(), told)])


def rows(bench):
    return list(bench.rows(select(DeliveryRow).order_by(DeliveryRow.sequence)))


def taken(url, row):
    return urllib3.request("GET", url).json()["taken"][row.delivery_id]


def test_an_sms_leaves_without_diacritics_to_a_number_with_84(office, counterparty):
    tell(office, Telling("p-1", "SMS", Accepted(NAMED), ("e-1",)))

    office.tick("send_letters", now=NOON)

    (row,) = rows(office)
    got = taken(counterparty[0], row)
    assert (row.state, row.accepted_by, row.response) == ("SENT", "127.0.0.1", got["our_id"])
    assert (got["to"], got["from"]) == ("84912345671", "MAU")
    said, link = got["text"].split(". Xem tai ")
    assert said == "Ho so du thi H30-220815-0001 hop le"
    assert link.endswith("/toi/thong-bao")


def approve(bench, template, form_id):
    """Note the form that Zalo has approved for a kind of notice."""
    words = NoticeWordsRow(
        tenant=TENANT,
        contest_id=EVERYWHERE,
        language="vi",
        template=template,
        text="",
        short="",
        form_id=form_id,
        changed_at=NOON,
        changed_by="s-1",
    )
    with bench.database.work(Origin.own("notify", TENANT)) as work:
        store.save_words(work.session, words)


def test_zalo_gets_an_approved_form_and_a_token_that_ended_is_renewed(office, counterparty):
    approve(office, "accepted", "accepted")
    tell(
        office,
        *(Telling(f"p-{n}", "ZNS", Accepted(NAMED), (f"e-{n}",)) for n in range(1, 5)),
    )

    office.tick("send_letters", now=NOON)
    office.tick("send_letters", now=NOON + timedelta(seconds=30))

    assert [(row.state, row.last_error) for row in rows(office)] == [("SENT", None)] * 4
    assert taken(counterparty[0], rows(office)[0])["template_data"] == {
        "name": "Nguyễn Thị Số 1",
        "code": "H30-220815-0001",
    }


def test_a_form_zalo_has_not_approved_falls_back_to_the_next_channel(office):
    approve(office, "refused", "refused")
    tell(
        office, Telling("p-1", "ZNS", Refusal(NAMED, "Nộp sau hạn."), ("e-1",), fallback=("SMS",))
    )

    office.tick("send_letters", now=NOON)
    office.tick("send_letters", now=NOON + timedelta(seconds=1))

    first, second = rows(office)
    assert (first.state, first.last_error) == (
        "FAILED",
        "ZNS template refused is not among the approved ones.",
    )
    assert (second.channel, second.state, second.instead_of) == ("SMS", "SENT", first.delivery_id)
    assert [type(one) for one in office.announced] == [notify.DeliveryFailed, notify.Delivered]


def test_a_document_goes_to_the_axis_as_the_standard_has_it(counterparty):
    url, folder = counterparty
    axis = channels.load(str(folder / "channels.yaml"), TENANT).edxml
    document = OfficialDocument(
        code="12/TB-BTC",
        title="Thông báo (mẫu)",
        body_text="Danh sách tác giả (mẫu).",
        issued_by="",
        to=("000.00.00.H57",),
    )

    ((_, outcome),) = channels.send_documents(
        axis, NOON, [channels.Parcel("d-1", "000.00.00.H57", document)]
    )

    got = urllib3.request("GET", url).json()["taken"]["d-1"]
    assert isinstance(outcome, Reached)
    assert got["DocumentId"] == "000.00.00.H30,2022/07/01,12/TB-BTC"
    assert got["to"] == ["000.00.00.H57"]


def test_a_notice_goes_out_as_a_numbered_document_to_the_readers_unit(office, counterparty):
    contacts = {"c-1": "STP", "c-2": "STTTT", "c-3": None}
    for person_id, unit_id in contacts.items():
        who = structs.replace(person(person_id, f"Người {person_id}", None), unit_id=unit_id)
        office.hear(who, id=f"of-{person_id}")
    tell(office, *(Telling(one, "EDXML", Accepted(NAMED), ("e-1",)) for one in contacts))

    office.tick("send_letters", now=NOON)

    first, second, third = rows(office)
    got = taken(counterparty[0], first)
    assert (got["DocumentId"], got["to"]) == (
        "000.00.00.H30,2022/07/01,21/TB-MAU",
        ["000.00.10.H30"],
    )
    assert got["Subject"] == "Hồ sơ dự thi H30-220815-0001 hợp lệ"
    assert (second.state, second.last_error) == (
        "FAILED",
        "The unit STTTT has no code on the axis: give it under `organs`.",
    )
    assert third.last_error == "Documents go to units, and this person belongs to none."


def test_a_document_keeps_its_number_and_day_at_every_try(office):
    with office.database.work(Origin.own("notify", TENANT)) as work:
        given = [
            store.number_document(work.session, TENANT, one, ("TB-MAU", 21), day)
            for one, day in (
                ("d-1", date(2022, 12, 31)),
                ("d-2", date(2022, 12, 31)),
                ("d-3", date(2023, 1, 1)),
                ("d-1", date(2023, 1, 1)),
            )
        ]

    assert [(one.number, one.dated.year) for one in given] == [
        (21, 2022),
        (22, 2022),
        (21, 2023),
        (21, 2022),
    ]


def test_a_channel_that_is_not_set_up_says_so(office):
    office.service.settings = type(office.service.settings)(channels_file="")
    tell(office, Telling("p-1", "SMS", Accepted(NAMED), ("e-1",)))

    office.tick("send_letters", now=NOON)

    assert rows(office)[0].last_error == "SMS is not set up for hau-giang."


def test_a_file_that_is_wrong_is_named_and_waited_for(office, tmp_path: Path):
    wrong = tmp_path / "channels.yaml"
    wrong.write_text(json.dumps({"tenants": {"hau-giang": {"sms": {"url": "x"}}}}))
    office.service.settings = type(office.service.settings)(channels_file=str(wrong))
    tell(office, Telling("p-1", "SMS", Accepted(NAMED), ("e-1",)))

    office.tick("send_letters", now=NOON)

    assert rows(office)[0].state == "QUEUED"
    assert "`brand`" in rows(office)[0].last_error
