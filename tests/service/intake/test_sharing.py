"""Documents are given to others for days; links end, are revoked, and tell nothing else."""

from datetime import timedelta

import httpx
import pytest

from contracts import intake
from kernel.testing import Rejected, actor
from tests.service.intake.conftest import AN, BINH, CLERK, IN_TIME, PDF, SECRETARY

ANYBODY = actor(id="anonymous")


def share(contest, which, recipient="Cổng dịch vụ công", days=7, by=CLERK):
    entry_id, document_id = which
    asked = intake.ShareDocument(
        entry_id=entry_id, document_id=document_id, recipient=recipient, days=days
    )
    return contest.ask(asked, by, reply=intake.Shared)


def follow(contest, shared, after=timedelta(0)) -> str:
    asked = intake.FollowShare(token=shared.path.removeprefix("/v1/files/"))
    return contest.ask(asked, ANYBODY, IN_TIME + after)


@pytest.fixture
def shared(contest):
    entry_id = contest.draft()
    document_id = contest.upload(entry_id)
    contest.submit(entry_id)
    return entry_id, document_id


def test_link_still_works_three_days_later_and_not_after_it_was_revoked(contest, shared):
    entry_id, _ = shared
    link = share(contest, shared)

    later = follow(contest, link, timedelta(days=3))

    assert httpx.get(later).content == PDF
    revoke = intake.RevokeShares(entry_id=entry_id, share_id=link.share_id)
    assert contest.ask(revoke, SECRETARY) == 1
    with pytest.raises(Rejected, match="ShareEnded"):
        follow(contest, link, timedelta(days=3))


def test_link_ends_on_its_last_instant(contest, shared):
    link = share(contest, shared, days=3)

    follow(contest, link, timedelta(days=3) - timedelta(microseconds=1))
    with pytest.raises(Rejected, match="ShareEnded"):
        follow(contest, link, timedelta(days=3))


def test_links_of_one_recipient_are_revoked_and_those_of_another_stay(contest, shared):
    entry_id, _ = shared
    portal, ministry = share(contest, shared), share(contest, shared, recipient="Bộ Nội vụ")
    revoke = intake.RevokeShares(entry_id=entry_id, recipient="Cổng dịch vụ công")

    assert [contest.ask(revoke, SECRETARY) for _ in range(2)] == [1, 0]

    with pytest.raises(Rejected, match="ShareEnded"):
        follow(contest, portal)
    assert httpx.get(follow(contest, ministry)).content == PDF
    views = contest.ask(
        intake.ListShares(entry_id=entry_id), CLERK, reply=tuple[intake.ShareView, ...]
    )
    revoked = {view.recipient: view.revoked_at is not None for view in views}
    assert revoked == {"Cổng dịch vụ công": True, "Bộ Nội vụ": False}


def test_guessed_token_opens_nothing(contest, shared):
    link = share(contest, shared)

    with pytest.raises(Rejected, match="UnknownShare"):
        contest.ask(intake.FollowShare(token=link.path[len("/v1/files/") :] + "x"), ANYBODY)


def test_another_tenant_cannot_follow_the_same_token(contest, shared):
    link = share(contest, shared)
    asked = intake.FollowShare(token=link.path.removeprefix("/v1/files/"))

    with pytest.raises(Rejected, match="UnknownShare"):
        contest.ask(asked, ANYBODY, tenant="ha-noi")


@pytest.mark.parametrize(("by", "code"), [(AN, "NotYours"), (BINH, "UnknownEntry")])
def test_only_staff_give_documents_away(contest, shared, by, code):
    entry_id, _ = shared

    with pytest.raises(Rejected, match=code):
        share(contest, shared, by=by)
    with pytest.raises(Rejected, match=code):
        contest.ask(intake.RevokeShares(entry_id=entry_id), by)


@pytest.mark.parametrize(("recipient", "days"), [(" ", 3), ("Bộ Nội vụ", 0), ("Bộ Nội vụ", 91)])
def test_link_needs_a_recipient_and_a_number_of_days(contest, shared, recipient, days):
    with pytest.raises(Rejected, match="BadShare"):
        share(contest, shared, recipient, days)


def test_what_was_never_uploaded_cannot_be_shared(contest):
    entry_id = contest.draft()
    upload = contest.attach(entry_id)
    contest.submit(entry_id)

    with pytest.raises(Rejected, match="NotUploaded"):
        share(contest, (entry_id, upload.document_id))


def test_a_link_that_ended_is_listed_for_the_days_of_the_setting(contest, shared):
    entry_id, _ = shared
    share(contest, shared, days=3)
    revoked = share(contest, shared, days=40)
    contest.ask(intake.RevokeShares(entry_id=entry_id, share_id=revoked.share_id), SECRETARY)
    lasting = share(contest, shared, days=90)
    listed = intake.ListShares(entry_id=entry_id)
    counts = []

    for days in (89, 91, 94):
        contest.bench.tick("forget_shares", now=IN_TIME + timedelta(days=days))
        counts.append(len(contest.ask(listed, CLERK, reply=tuple[intake.ShareView, ...])))

    (left,) = contest.ask(listed, CLERK, reply=tuple[intake.ShareView, ...])
    assert (counts, left.share_id) == ([3, 2, 1], lasting.share_id)
