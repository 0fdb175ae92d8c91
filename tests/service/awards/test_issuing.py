"""Papers of any kind: issued from data, printed in batches, signed, revoked, checked, reworded."""

from base64 import b64decode
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from threading import Thread
from urllib.request import urlopen

import pypdfium2
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from msgspec import json
from sqlalchemy import select

from contracts import awards
from kernel.database import Origin
from kernel.testing import TENANT, Rejected, actor
from services.awards import store
from services.awards.service.ordering import Ordered, issue_paper, organisers
from services.awards.service.revoked import revoke_paper
from services.awards.signing.keyfile import KeyFile
from services.awards.signing.sample import make_test_ca
from services.awards.store.tables import PaperRow
from tests.service.awards.conftest import CHAIRMAN, CONTEST, NOVEMBER, SECRETARY

PASSWORD = "mật khẩu thử"  # noqa: S105
ORGANISER = actor("organiser", id="o-1")
OPERATOR = actor("operator", id="op-1")
APPROVE, ISSUE = f"{TENANT}/CT_UBND/approve", f"{TENANT}/CT_UBND/issue"
INVITED = ("occasion", "guest", "chair", "time", "venue")
WINNERS = (("1", "Mô hình 5 tại chỗ", "Danh Thị Mỹ Duyên", "", "Giải Nhì", "87,50"),)


def submitted(bench, now=NOVEMBER, then=lambda: None, **changed):
    """Issue a Tờ trình of the organisers, as another module of the service would."""
    with bench.database.work(replace(Origin.own("test", TENANT), now=now)) as work:
        rules = store.load_rules(work.session, CONTEST)
        texts = {"addressee": "Chủ tịch Ủy ban nhân dân tỉnh", "minutes": "01/BB-BTC", **changed}
        ordered = Ordered(
            "SUBMISSION",
            organisers(work.session, rules),
            texts,
            lists={"grounds": ("Các tác giả chấp hành tốt Thể lệ.",)},
            rows=WINNERS,
        )
        paper = issue_paper(bench.service, work, rules, ordered)
        then()
        return paper


def state(bench, paper_id):
    return bench.ask(awards.ShowPaperState(paper_id=paper_id), reply=awards.PaperState)


def content(bench, paper_id, form="pdf"):
    asked = awards.LinkPaper(paper_id=paper_id, format=form)
    with urlopen(bench.ask(asked, actor=ORGANISER)) as answer:  # noqa: S310  # the store's link
        return answer.read()


@pytest.fixture
def keys(tmp_path, bench):
    """Give the chairman a key at home and make the platform trust its root."""
    make_test_ca(tmp_path, (APPROVE, ISSUE), PASSWORD)
    trust(bench, trust_roots=str(tmp_path))
    return tmp_path


def pem_of(keys, name):
    """Read the certificate out of a key file, as its holder would send it."""
    content = (keys / f"{name}.p12").read_bytes()
    _, own, _ = pkcs12.load_key_and_certificates(content, PASSWORD.encode())
    return own.public_bytes(Encoding.PEM).decode()


def binds(bench, keys, name=APPROVE, role="approve", by=OPERATOR, **changed):
    asked = {"authority": "CT_UBND", "since": date(2022, 11, 1)} | changed
    asked = awards.BindSigner(role=role, certificate=pem_of(keys, name), **asked)
    return bench.ask(asked, actor=by, now=NOVEMBER, reply=awards.Signer)


def trust(bench, **settings):
    kind = type(bench.service.settings)
    known = {name: getattr(bench.service.settings, name) for name in kind.__struct_fields__}
    bench.service.settings = kind(**{**known, **settings})


def test_a_paper_is_issued_from_data_with_number_files_and_code(story):
    story.opens()
    trust(story.bench, portal_url="https://{tenant}.example.vn/")

    paper = submitted(story.bench)

    assert (paper.kind, paper.form, paper.number, paper.symbol) == (
        "DOCUMENT",
        "SUBMISSION",
        1,
        "TTr-BTC",
    )
    with pypdfium2.PdfDocument(content(story.bench, paper.paper_id)) as document:
        said = " ".join(document[0].get_textpage().get_text_range().split())
    assert "Số: 01/TTr-BTC" in said
    assert "Kính gửi: Chủ tịch Ủy ban nhân dân tỉnh" in said
    assert "của 01 sáng kiến, giải pháp" in said
    (row,) = story.bench.rows(select(PaperRow))
    assert row.model["check"] == f"https://{TENANT}.example.vn/kiem-tra/{paper.paper_id}"


def test_the_office_issues_a_submission_with_the_prizes_as_they_stand(approved):
    asked = awards.IssueDocument(
        contest_id=CONTEST,
        form="SUBMISSION",
        texts={"addressee": "Chủ tịch Ủy ban nhân dân tỉnh", "minutes": "01/BB-BTC"},
        lists={"grounds": ("Các tác giả chấp hành tốt Thể lệ.",)},
        winners=True,
    )

    paper = approved.bench.ask(asked, actor=ORGANISER, reply=awards.Paper)

    with pypdfium2.PdfDocument(content(approved.bench, paper.paper_id)) as document:
        said = " ".join(page.get_textpage().get_text_range() for page in document)
    assert (paper.form, paper.symbol, paper.number) == ("SUBMISSION", "TTr-BTC", 1)
    assert all(line.title in said for line in approved.shows_prizes().lines)
    register = approved.bench.ask(awards.ShowPaperState(paper_id=paper.paper_id))
    assert register["state"] == "VALID"


@pytest.mark.parametrize(
    ("changed", "by", "code"),
    [
        ({"form": "KHONG_CO"}, ORGANISER, "UnknownForm"),
        ({"texts": {}}, ORGANISER, "FactMissing"),
        ({"body": "CT_UBND"}, ORGANISER, "Forbidden"),
        ({"body": "KHONG_CO"}, actor("authority:KHONG_CO"), "UnknownBody"),
        ({}, actor("judge"), "Forbidden"),
    ],
)
def test_a_paper_that_cannot_be_issued_is_refused_with_the_reason(story, changed, by, code):
    story.opens()
    asked = {"form": "INVITATION", "texts": dict.fromkeys(INVITED, "mẫu")} | changed

    with pytest.raises(Rejected) as refused:
        story.bench.ask(awards.IssueDocument(contest_id=CONTEST, **asked), actor=by)

    assert refused.value.code == code


def test_a_submission_stays_with_the_office_when_results_are_public(approved):
    approved.publishes()
    paper = submitted(approved.bench)
    asked = awards.LinkPaper(paper_id=paper.paper_id, format="pdf")

    with pytest.raises(Rejected, match="Forbidden"):
        approved.bench.ask(asked, actor=actor("entrant", id="p1"))
    assert approved.bench.ask(asked, actor=SECRETARY)


def test_a_preview_has_no_number_and_takes_none(story):
    story.opens()
    asked = awards.PreviewDocument(
        contest_id=CONTEST, form="INVITATION", texts=dict.fromkeys(INVITED, "mẫu")
    )

    pdf = b64decode(story.bench.ask(asked, actor=ORGANISER))

    with pypdfium2.PdfDocument(pdf) as document:
        said = document[0].get_textpage().get_text_range()
    assert "Số: …/GM-BTC" in said
    assert story.bench.rows(select(PaperRow)) == []
    forms = story.bench.ask(
        awards.ListForms(contest_id=CONTEST), actor=CHAIRMAN, reply=awards.Forms
    )
    assert [body.code for body in forms.bodies] == ["CT_UBND"]
    assert "REVOCATION_DECISION" not in {form.form for form in forms.forms}
    invitation = next(form for form in forms.forms if form.form == "INVITATION")
    assert {slot.name for slot in invitation.slots} == set(INVITED)
    assert all(slot.label != slot.name for form in forms.forms for slot in form.slots)


def test_a_paper_that_lacks_a_fact_takes_no_number(story):
    story.opens()
    with pytest.raises(InterruptedError):
        submitted(story.bench, then=fail)

    assert submitted(story.bench).number == 1


def fail():
    raise InterruptedError


def test_two_who_issue_at_once_get_numbers_without_a_gap_and_january_begins_anew(story):
    story.opens()
    got = []
    others = [Thread(target=lambda: got.append(submitted(story.bench).number)) for _ in range(2)]
    for other in others:
        other.start()
    for other in others:
        other.join(60)

    assert sorted(got) == [1, 2]
    january = submitted(story.bench, now=NOVEMBER.replace(year=2023, month=1))
    assert (january.number, january.dated) == (1, date(2023, 1, 8))


def test_many_certificates_are_numbered_at_once_and_printed_afterwards(approved):
    trust(approved.bench, print_at_once=1)
    asked = awards.ShowPrinting(contest_id=CONTEST)

    _, certificate, *_ = approved.publishes()
    before = approved.bench.ask(asked, actor=ORGANISER, reply=awards.Printing)
    with pytest.raises(Rejected, match="NotPrinted"):
        content(approved.bench, certificate.paper_id)
    approved.bench.tick("print_papers")

    after = approved.bench.ask(asked, actor=ORGANISER, reply=awards.Printing)
    assert (before.papers, before.printed) == (5, 1)
    assert (after.papers, after.printed, after.signed) == (5, 5, 0)
    assert content(approved.bench, certificate.paper_id).startswith(b"%PDF")


def test_papers_are_signed_at_once_where_there_are_keys(approved, keys):
    trust(approved.bench, sign_keys=str(keys), sign_password=PASSWORD)

    decision, _, _, others, _ = approved.publishes()

    shown = state(approved.bench, decision.paper_id)
    assert [(each.role, each.by) for each in shown.signatures] == [
        ("approve", "CT_UBND"),
        ("issue", "CT_UBND"),
    ]
    assert state(approved.bench, others.paper_id).signatures == ()  # nobody's key is there
    assert content(approved.bench, decision.paper_id).count(b"ETSI.CAdES.detached") == 2


def test_anybody_learns_that_a_paper_is_valid_or_unknown(approved):
    decision, certificate, *_ = approved.publishes()

    shown = state(approved.bench, certificate.paper_id)

    assert (shown.state, shown.type_name, shown.number) == ("VALID", "BẰNG KHEN", "01/QĐ-UBND")
    assert shown.sha256 == (sha256(content(approved.bench, certificate.paper_id)).hexdigest(),)
    assert "Nguyễn Thị Hồng Nhung" not in str(shown)
    assert state(approved.bench, "none") == awards.PaperState(state="UNKNOWN")
    register = approved.bench.ask(awards.ShowPaperRegister(), reply=awards.PaperRegister)
    assert decision.paper_id in {paper.paper_id for paper in register.papers}
    assert len(register.papers) == 5


def test_a_revoked_paper_says_since_when_and_by_which_decision(approved):
    _, certificate, *_ = approved.publishes()
    later = NOVEMBER + timedelta(days=30)
    own = Origin.own("test", TENANT)
    with approved.bench.database.work(replace(own, now=later)) as work:
        revoke_paper(work, CONTEST, certificate, "09/QĐ-UBND")

    shown = state(approved.bench, certificate.paper_id)

    assert (shown.state, shown.revoked_at, shown.revoked_by) == ("REVOKED", later, "09/QĐ-UBND")


def ask_to_sign(bench, paper_id, role="approve", by=CHAIRMAN):
    asked = awards.AskToSign(paper_id=paper_id, role=role)
    return bench.ask(asked, actor=by, now=NOVEMBER, reply=awards.SigningTask)


def give_back(bench, task, signed, now=NOVEMBER):
    asked = awards.TakeSigned(session_id=task.session_id, content=signed)
    return bench.ask(asked, now=now, reply=awards.PaperSignature)


def by_agent(keys, task, name=APPROVE, role="approve"):
    """Fetch, sign and return the file, as an agent at the signer's does."""
    with urlopen(task.file_url) as answer:  # noqa: S310  # the store's own link
        key = KeyFile.read(str(keys / f"{name}.p12"), PASSWORD, NOVEMBER)
        return key.sign(answer.read(), role)


def test_a_person_signs_with_their_own_agent_and_the_clerk_after_them(approved, keys):
    bench = approved.bench
    decision, *_ = approved.publishes()
    binds(bench, keys)
    binds(bench, keys, ISSUE, "issue")
    before = content(bench, decision.paper_id)
    task = ask_to_sign(bench, decision.paper_id)
    give_back(bench, task, by_agent(keys, task))
    task = ask_to_sign(bench, decision.paper_id, "issue", SECRETARY)
    give_back(bench, task, by_agent(keys, task, ISSUE, "issue"))

    shown, now = state(bench, decision.paper_id), content(bench, decision.paper_id)

    assert [each.role for each in shown.signatures] == ["approve", "issue"]
    assert shown.signatures[0].by.startswith("CHỈ ĐỂ THỬ")
    assert all(each.is_bound and len(each.certificate) == 64 for each in shown.signatures)
    assert shown.sha256[0] == sha256(before).hexdigest()
    assert shown.sha256[-1] == sha256(now).hexdigest()
    assert now.startswith(before)


def test_a_session_takes_one_good_file_in_time(approved, keys):
    bench = approved.bench
    decision, *_ = approved.publishes()
    binds(bench, keys)
    task = ask_to_sign(bench, decision.paper_id)
    signed = by_agent(keys, task)

    with pytest.raises(Rejected, match="BadSignedFile: The returned file is not the one"):
        give_back(bench, task, signed[1:])
    with pytest.raises(Rejected, match="SessionOver"):
        give_back(bench, task, signed, NOVEMBER + timedelta(minutes=31))
    give_back(bench, task, signed)
    with pytest.raises(Rejected, match="SessionOver"):
        give_back(bench, task, signed)


def test_who_signed_too_late_signs_again(approved, keys):
    bench = approved.bench
    decision, *_ = approved.publishes()
    binds(bench, keys)
    first, second = (ask_to_sign(bench, decision.paper_id) for _ in range(2))
    signed = by_agent(keys, second)
    give_back(bench, first, by_agent(keys, first))

    with pytest.raises(Rejected, match="signed by somebody else meanwhile"):
        give_back(bench, second, signed)


def test_a_good_certificate_of_somebody_else_does_not_sign_for_the_authority(approved, keys):
    bench = approved.bench
    decision, *_ = approved.publishes()
    task = ask_to_sign(bench, decision.paper_id)

    with pytest.raises(Rejected, match="No certificate is bound to CT_UBND"):
        give_back(bench, task, by_agent(keys, task))
    binds(bench, keys)
    with pytest.raises(Rejected, match=r"of CHỈ ĐỂ THỬ .* is not bound to CT_UBND"):
        give_back(bench, task, by_agent(keys, task, ISSUE))
    assert state(bench, decision.paper_id).signatures == ()
    assert give_back(bench, task, by_agent(keys, task)).is_bound


def test_a_certificate_signs_from_its_first_day_to_its_last(approved, keys):
    bench = approved.bench
    decision, *_ = approved.publishes()
    bound = binds(bench, keys)
    task = ask_to_sign(bench, decision.paper_id)
    ended = awards.EndSigner(signer_id=bound.signer_id, until=date(2022, 11, 7), reason="Nghỉ hưu")

    bench.ask(ended, actor=OPERATOR)

    with pytest.raises(Rejected, match="may not sign for CT_UBND on 2022-11-08"):
        give_back(bench, task, by_agent(keys, task))
    with pytest.raises(Rejected, match="SignerOver"):
        bench.ask(ended, actor=OPERATOR)
    (listed,) = bench.ask(awards.ListSigners(), actor=ORGANISER, reply=tuple[awards.Signer, ...])
    assert (listed.until, listed.sha256) == (date(2022, 11, 7), bound.sha256)
    said = [type(each) for each in bench.announced[-2:]]
    assert said == [awards.SignerBound, awards.SignerEnded]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"by": ORGANISER}, "Forbidden"),
        ({"by": CHAIRMAN}, "Forbidden"),
        ({"authority": "KHONG_CO"}, "UnknownBody"),
        ({"until": date(2022, 10, 1)}, "SignerDaysReversed"),
    ],
)
def test_who_may_sign_is_said_by_an_operator_and_makes_sense(story, keys, changed, code):
    story.opens()

    with pytest.raises(Rejected) as refused:
        binds(story.bench, keys, **changed)

    assert refused.value.code == code


def test_only_a_signers_own_certificate_is_bound(story, keys):
    story.opens()
    for sent in ((keys / "root.pem").read_text(), "không phải PEM"):
        asked = awards.BindSigner(
            authority="CT_UBND", role="approve", certificate=sent, since=date(2022, 1, 1)
        )
        with pytest.raises(Rejected, match="BadCertificate"):
            story.bench.ask(asked, actor=OPERATOR)


def test_the_agency_signs_after_the_person_and_nobody_what_is_revoked(approved):
    bench = approved.bench
    decision, certificate, *_ = approved.publishes()
    with bench.database.work(replace(Origin.own("test", TENANT), now=NOVEMBER)) as work:
        revoke_paper(work, CONTEST, certificate, "09/QĐ-UBND")

    with pytest.raises(Rejected, match="NotApprovedFirst"):
        ask_to_sign(bench, decision.paper_id, "issue", SECRETARY)
    with pytest.raises(Rejected, match="SigningRevoked"):
        ask_to_sign(bench, certificate.paper_id)


def test_only_the_authority_approves(approved):
    decision, *_ = approved.publishes()

    for role, who in (("approve", SECRETARY), ("issue", actor("judge"))):
        with pytest.raises(Rejected, match="Forbidden"):
            ask_to_sign(approved.bench, decision.paper_id, role, who)


def test_other_words_hold_for_papers_to_come_and_change_none_that_is_issued(story):
    story.opens()
    old = submitted(story.bench)
    before = content(story.bench, old.paper_id)
    changes = {"documents": {"SUBMISSION": {"subject": "Về việc trình khen {contest}"}}}

    number = story.bench.ask(
        awards.ChangeWording(profile="2022", changes=json.encode(changes).decode()),
        actor=ORGANISER,
    )
    new = submitted(story.bench)

    with pypdfium2.PdfDocument(content(story.bench, new.paper_id)) as document:
        assert "Về việc trình khen Cuộc thi" in document[0].get_textpage().get_text_range()
    assert number == 1
    assert content(story.bench, old.paper_id) == before
    shown = story.bench.ask(
        awards.ShowWording(profile="2022"), actor=ORGANISER, reply=awards.Wording
    )
    assert json.decode(shown.changes) == changes


def test_words_that_cannot_be_used_are_refused(story):
    asked = awards.ChangeWording(profile="2022", changes='{"documents": 3}')

    with pytest.raises(Rejected, match="BadWording"):
        story.bench.ask(asked, actor=ORGANISER)
    with pytest.raises(Rejected, match="Forbidden"):
        story.bench.ask(asked, actor=SECRETARY)
