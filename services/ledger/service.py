"""The ledger service: remembers what everybody says, and answers for it.

It takes envelopes as they travel, undecoded, so that an event of tomorrow is kept as well.
"""

import msgspec

from contracts import ledger
from contracts.message import Envelope
from kernel.database import Database, Work
from kernel.envelope import encode, known_messages
from kernel.errors import require
from kernel.messaging import query, subscribe
from services.ledger import domain, store

AUDITORS = ("operator", "organiser", "secretary")


class LedgerService:
    """Owns the chains. Hears everybody; is heard by nobody."""

    name = "ledger"
    database = Database()

    @subscribe
    def record(self, heard: Envelope, work: Work) -> None:
        """Put the event on its tenant's chain."""
        # Encoding also sorts the actor's roles, which are a set.
        envelope = domain.canonical(msgspec.json.decode(encode(heard)))
        recorded = domain.Recorded.of(heard.id, heard.type, heard.occurred_at, envelope)
        if getattr(known_messages().get(heard.type), "personal", False):
            recorded = recorded.without_body()
        store.append(work.session, work.tenant, recorded)

    @query
    def show_head(self, _asked: ledger.ShowHead, work: Work) -> ledger.Head:
        """Say where the chain ends."""
        require(work.actor, *AUDITORS)
        head = store.load_head(work.session, work.tenant)
        return ledger.Head(length=head.length, digest=head.digest)

    @query
    def verify_chain(self, _asked: ledger.VerifyChain, work: Work) -> ledger.ChainVerified:
        """Recompute the whole chain from its first link."""
        require(work.actor, *AUDITORS)
        head = store.load_head(work.session, work.tenant)
        lines = store.read_lines(work.session, up_to=head.length)
        verdict = domain.verify(work.tenant, lines, head)
        broken = verdict if isinstance(verdict, domain.Broken) else None
        return ledger.ChainVerified(
            length=head.length,
            digest=head.digest,
            broken_at=broken.at if broken else None,
            why=broken.why.value if broken else None,
        )

    @query
    def prove_event(self, asked: ledger.ProveEvent, work: Work) -> ledger.LedgerLine:
        """Show an event's link with all that its digest is made of."""
        require(work.actor, *AUDITORS)
        line, previous = store.load_event(work.session, asked.event_id)
        recorded = line.recorded
        return ledger.LedgerLine(
            sequence=line.sequence,
            event_id=recorded.event_id,
            type=recorded.type,
            occurred_at=recorded.occurred_at,
            body_digest=recorded.body_digest,
            digest=line.digest,
            previous=previous or domain.Head.genesis(work.tenant).digest,
            body_kept=recorded.body is not None,
        )
