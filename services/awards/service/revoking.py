"""Prizes taken back: the annulling decision, what is to come back, what of it has."""

from dataclasses import replace

from msgspec import structs

from contracts import awards
from kernel.crunch import Crunch
from kernel.database import Work
from kernel.errors import require
from kernel.messaging import command, query
from kernel.objects import Bucket
from services.awards import store
from services.awards.domain import money
from services.awards.domain.revoking import (
    DECISION,
    NoCertificateOwed,
    after,
    granted_by,
    line_to_revoke,
)
from services.awards.service.annulling import annul, found, taken_back, told
from services.awards.service.making_public import holding, keep_revised
from services.awards.service.prizes import require_office
from services.awards.service.publication import public_results
from services.awards.service.revoked import revoke_certificates
from services.awards.settings import AwardsSettings


class Revoking:
    """Revocations and recoveries."""

    files: Bucket
    press: Crunch
    settings: AwardsSettings

    @command
    def revoke_award(self, asked: awards.RevokeAward, work: Work) -> awards.Revocation:
        """Take a prize back by a decision of the authority that gave it."""
        rules = store.lock_rules(work.session, asked.contest_id)
        listed = store.load_list(work.session, asked.contest_id)
        line = line_to_revoke(listed, asked.entry_id, asked.ground, asked.reason, rules)
        require(work.actor.within(asked.contest_id), f"authority:{granted_by(line, rules)}")
        results = public_results(work, asked.contest_id)
        revoked = annul(self, work, rules, line, asked)
        store.save_revoked(work.session, rules.id, revoked)
        store.take_out(work.session, line.entry_id)
        store.end_revision(work, rules.id, listed.revision, revoked.decision)
        left = after(listed, line.entry_id, rules)
        store.save_list(work.session, rules.id, left)
        revoke_certificates(work, rules.id, (line,), results.papers, revoked.decision)
        entered = store.load_money(work.session, rules.id)
        basis = f"{DECISION}{revoked.decision}"
        store.enter_money(
            work.session, rules.id, money.recall(entered, line.entry_id, basis, work.now)
        )
        revision = listed.revision + 1
        keep_revised(
            work,
            structs.replace(
                results,
                winners=tuple(one for one in results.winners if one.entry_id != line.entry_id),
                papers=holding(work, results.papers),
                revision=revision,
                revised_at=work.now,
            ),
        )
        work.announce(
            awards.AwardRevoked(
                contest_id=rules.id,
                entry_id=line.entry_id,
                prize=line.prize,
                ground=asked.ground,
                reason=revoked.reason,
                authority=revoked.authority,
                decision=revoked.decision,
                dated=revoked.dated,
                cancels=revoked.cancels,
            )
        )
        work.announce(
            awards.ResultsRevised(
                contest_id=rules.id,
                revision=revision,
                changed=(),
                lost=(line.entry_id,),
                papers=(),
            )
        )
        return told(work, rules, revoked)

    @command
    def record_recovery(self, asked: awards.RecordRecovery, work: Work) -> awards.Revocation:
        """Record money, or the certificate, that came back."""
        require(work.actor.within(asked.contest_id), "organiser", "secretary")
        rules = store.lock_rules(work.session, asked.contest_id)
        revoked = found(work, rules, asked.entry_id)
        if not asked.certificate and asked.ledger is None:
            raise money.NothingCame
        if not asked.document.strip():
            raise money.NoReceipt
        if asked.certificate and revoked.ground == "REVISION":
            raise NoCertificateOwed
        if asked.ledger is not None:
            came = money.Entered(
                asked.ledger,
                "RECOVERED",
                asked.entry_id,
                revoked.prize,
                asked.amount_vnd,
                asked.document.strip(),
                work.now,
            )
            entered = store.load_money(work.session, rules.id)
            store.enter_money(work.session, rules.id, [money.recover(entered, came)])
        if asked.certificate:
            revoked = replace(revoked, certificate_back=True)
            store.save_revoked(work.session, rules.id, revoked)
        work.announce(
            awards.RecoveryRecorded(
                contest_id=rules.id,
                entry_id=asked.entry_id,
                document=asked.document,
                ledger=asked.ledger,
                amount_vnd=asked.amount_vnd,
                certificate=asked.certificate,
            )
        )
        return told(work, rules, revoked)

    @query
    def list_revocations(
        self, asked: awards.ListRevocations, work: Work
    ) -> tuple[awards.Revocation, ...]:
        """List the prizes taken back, and what of them is still out."""
        rules = store.load_rules(work.session, asked.contest_id)
        require_office(work, rules, "organiser", "secretary")
        return tuple(told(work, rules, one) for one in taken_back(work, rules))
