"""The ledger service: remembers what everybody says, and answers for it.

It takes envelopes as they travel, undecoded, so that an event of tomorrow is kept as well.
"""

from collections.abc import Sequence
from secrets import token_bytes

import msgspec

from contracts import ledger
from contracts.message import Envelope
from kernel.database import Database, Work
from kernel.envelope import encode, known_messages
from kernel.errors import require
from kernel.messaging import every, query
from kernel.settings import Settings
from services.ledger import domain, proving, store
from services.ledger.gathering import gather
from services.ledger.growing import Grove, catch_up
from services.ledger.settings import LedgerSettings
from services.ledger.signing import key_of
from services.ledger.tending import Tending
from telemetry.provider import Telemetry

AUDITORS = ("operator", "organiser", "secretary")
OWN = "ledger."  # what it says itself: written down as heads, and no news to it


class LedgerService(Tending):
    """Owns the chains and the trees. Hears everybody; says that a head was signed."""

    name = "ledger"
    database = Database()
    telemetry = Telemetry()
    settings = Settings(LedgerSettings)

    @gather
    def record(self, heard: Sequence[Envelope], work: Work) -> None:
        """Put events on their tenant's chain, in this order."""
        salts, lines = [], []
        for one in heard:
            if one.type.startswith(OWN):
                continue
            # Encoding also sorts the actor's roles, which are a set.
            decoded = msgspec.json.decode(encode(one))
            said = domain.canonical(decoded)
            recorded = domain.Recorded.of(one.id, one.type, one.occurred_at, said)
            if getattr(known_messages().get(one.type), "personal", False):
                salt = token_bytes(domain.SALT)
                salts.append((one.id, decoded["body"].get("person_id", ""), salt))
                recorded = recorded.without_body(salt)
            lines.append(recorded)
        store.keep_salts(work.session, salts)
        store.append(work.session, work.tenant, lines)

    @every(seconds=20, due=store.whose_lines_wait)
    def sign_heads(self, work: Work) -> None:
        """Let the trees catch up with the chain, and sign those that grew."""
        key = key_of(self.settings.ledger_key, work.tenant)
        grove = Grove(work.session, work.tenant, key, work.now)
        for head, signature in catch_up(grove, token_bytes):
            said = proving.said(head, work.now, key.kid, signature)
            work.announce(ledger.HeadSigned(contest_id=head.contest_id, head=said))

    @query
    def list_heads(self, asked: ledger.ListHeads, work: Work) -> ledger.Heads:
        """Show the signed heads of a contest to anybody."""
        return proving.heads(work.session, work.tenant, asked)

    @query
    def prove_inclusion(self, asked: ledger.ProveInclusion, work: Work) -> ledger.InclusionProof:
        """Prove that an event is in its tree; nothing of what it says is told."""
        return proving.inclusion(work.session, work.tenant, asked)

    @query
    def prove_consistency(self, asked: ledger.ProveConsistency, work: Work) -> ledger.Growth:
        """Prove that a tree only grew."""
        return proving.growth(work.session, asked)

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
