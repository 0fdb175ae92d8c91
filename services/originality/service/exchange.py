"""The exchange between provinces: the register is keyed, others are answered, others are asked."""

import secrets

from contracts import originality
from kernel.crunch import Crunch
from kernel.database import Work
from kernel.errors import require
from kernel.messaging import command, every, query
from kernel.tables import current_tenant
from services.originality import matching, province, store
from services.originality.agreements import Office, office_of, read_agreements
from services.originality.domain import exchange
from services.originality.settings import OriginalitySettings

ASKERS = ("secretary", "chair", "organiser")
KEYED = 200  # initiatives put under a key in one go


class Exchange:
    """What another province is told is a band and a contact, whatever it asks."""

    settings: OriginalitySettings
    engine: Crunch

    @every(seconds=5)
    def key_register(self, work: Work) -> None:
        """Put new initiatives under every agreed key; forget those that are gone."""
        office = read_agreements(self.settings.exchange).get(current_tenant.get())
        partners = [one for one in office.partners if one.client] if office else []
        store.forget_keyed(work.session, [one.agreement for one in partners])
        for partner in partners:
            waiting = store.unkeyed(work.session, partner.agreement, KEYED)
            prepared = matching.prepare(self.engine, [text.compared for text in waiting.values()])
            for text_id, ready in zip(waiting, prepared, strict=True):
                hashes = exchange.keyed(partner.secret_key, ready.fingerprints)
                store.save_keyed(work.session, partner.agreement, text_id, hashes)

    @command
    def compare_fingerprints(
        self, asked: originality.CompareFingerprints, work: Work
    ) -> originality.BandAnswer:
        """Answer another province with the band of the initiative most like what it asks about."""
        require(work.actor, "client")
        office = self.office()
        partner = office.with_client(work.actor.id)
        fingerprints = exchange.read(asked.fingerprints)
        answered = store.answered(work.session, partner.province, work.now)
        exchange.check_pace(answered, work.now, partner.pace)
        overlooked = exchange.blur(bytes.fromhex(office.secret), fingerprints)
        likest = store.shared_with(
            work.session, partner.agreement, fingerprints, office.thresholds.low
        )
        band = exchange.highest(
            exchange.band_of(shared, prints, overlooked, office.thresholds)
            for shared, prints in likest
        )
        store.save_comparison(
            work.session,
            originality.ComparisonLine(
                way="ANSWERED",
                province=partner.province,
                at=work.now,
                by=work.actor.id,
                fingerprints=len(fingerprints),
                band=band.value,
            ),
        )
        return originality.BandAnswer(band=band.value, contact=office.contact)

    @command
    def ask_province(
        self, asked: originality.AskProvince, work: Work
    ) -> originality.ProvinceAnswer:
        """Ask another province about an entry, and record what it says."""
        require(work.actor, *ASKERS)
        partner = self.office().with_province(asked.province)
        text = store.asked_about(work.session, asked.entry_id)
        (prepared,) = matching.prepare(self.engine, [text.compared])
        hashes = exchange.keyed(partner.secret_key, prepared.fingerprints)
        noise = iter(lambda: secrets.randbits(64) - (1 << 63), None)
        question = exchange.question(hashes, noise)
        answer = province.ask(partner, question, self.settings.exchange_seconds)
        store.save_comparison(
            work.session,
            originality.ComparisonLine(
                way="ASKED",
                province=partner.province,
                at=work.now,
                by=work.actor.id,
                fingerprints=len(question),
                band=answer.band,
                entry_id=asked.entry_id,
            ),
        )
        return originality.ProvinceAnswer(
            province=partner.province,
            entry_id=asked.entry_id,
            band=answer.band,
            contact=answer.contact,
            answered_at=work.now,
        )

    @query
    def list_comparisons(
        self, _asked: originality.ListComparisons, work: Work
    ) -> tuple[originality.ComparisonLine, ...]:
        """Show the record of comparisons to those who answer for it."""
        require(work.actor, *ASKERS, "operator")
        return store.list_comparisons(work.session)

    def office(self) -> Office:
        """Return what this tenant has agreed; raise `NoAgreement` if that is nothing."""
        return office_of(self.settings.exchange, current_tenant.get())
