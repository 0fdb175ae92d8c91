"""Receipts are numbered, drawn up, signed and given out."""

from dataclasses import replace
from hashlib import sha256

from msgspec import json

from contracts import intake
from contracts.rules import Rules
from contracts.sandbox import is_trial, mark_of
from kernel.crunch import Crunch
from kernel.database import Work
from kernel.messaging import query
from services.intake.domain import receipts
from services.intake.domain.entries import Entry
from services.intake.domain.paper import Handed, draw_up
from services.intake.domain.post import HANDED_OVER
from services.intake.domain.taken import Taken
from services.intake.domain.windows import Calendar
from services.intake.press import Order
from services.intake.service.access import check_may_see
from services.intake.settings import IntakeSettings
from services.intake.signing import Keys, key_id, read_keys, sign
from services.intake.store import agencies, contests, entries, people, versions
from services.intake.store.contests import Frozen
from services.intake.store.heads import find_head
from services.intake.store.receipts import is_given_out, keep_receipt, load_receipt
from services.intake.store.tables import IssuedReceiptRow


class Receipts:
    """Receipts are for those who may see the entry, the keys they are checked with for all."""

    settings: IntakeSettings
    press: Crunch

    @query
    def show_receipt(self, asked: intake.ShowReceipt, work: Work) -> str:
        """Return the signature of a receipt, with what it covers inside."""
        return find_receipt(asked, work).signed

    @query
    def print_receipt(self, asked: intake.PrintReceipt, work: Work) -> bytes:
        """Print a receipt; it comes out the same, byte by byte, as often as it is printed."""
        row = find_receipt(asked, work)
        order = Order(
            paper=row.paper,
            signed=row.signed,
            seal=key_id(row.signed),
            dated=row.issued_at,
            font_path=self.settings.font_path,
            mark=mark_of(work.tenant),
        )
        return self.press.call("press", json.encode(order))

    @query
    def list_receipt_keys(
        self, _asked: intake.ListReceiptKeys, _work: Work
    ) -> tuple[intake.ReceiptKey, ...]:
        """List the public keys, of all tenants alike."""
        return read_keys(self.settings.receipt_key).published


def find_receipt(asked: intake.ShowReceipt | intake.PrintReceipt, work: Work) -> IssuedReceiptRow:
    """Return a receipt the actor may see. Raises `UnknownEntry`, `UnknownReceipt`."""
    check_may_see(entries.read_entry(work.session, asked.entry_id), work)
    return load_receipt(work.session, asked.entry_id, asked.version)


def receipt_code(entry: Entry, rules: Rules, work: Work) -> str:
    """Return the entry's code: the one it has, one a one-stop system gave it, or the next."""
    if entry.receipt_code:
        return entry.receipt_code
    if rules.receipt.code_authority == "ONEGATE" and entry.external_code:
        receipts.check_readable(entry.external_code)
        if is_given_out(work.session, entry.external_code):
            raise receipts.CodeTaken("{code} is another entry's.", code=entry.external_code)
        return entry.external_code
    day, unit = Calendar.of(rules).day_of(work.now), rules.receipt.unit_code
    while True:
        number = contests.next_receipt(work.session, unit, day)
        code = receipts.code(rules.receipt.code_format, unit, day, number)
        # A one-stop system may have given out this very code; then the next is ours.
        if not is_given_out(work.session, code):
            return code


def issue(taken: Taken, frozen: Frozen, keys: Keys, work: Work) -> None:
    """Draw up, sign and keep the receipt of an entry as it has just been handed in or let in."""
    entry, counted = taken.entry, taken.counted
    drawn = draw_up(entry, frozen.rules, in_hand(taken, frozen.rules, work), counted)
    if is_trial(work.tenant):
        drawn = replace(drawn, title=f"{drawn.title} (THỬ NGHIỆM)")
    paper = json.encode(drawn)
    claims = intake.ReceiptClaims(
        tenant=work.tenant,
        contest_id=entry.contest_id,
        entry_id=entry.entry_id,
        code=entry.receipt_code or "",
        version=entry.version,
        received_at=counted.received_at,
        counted_at=counted.at,
        late=counted.is_late,
        rules_number=frozen.number,
        rules_sha256=frozen.sha256,
        documents=tuple(
            intake.SealedDocument(code=one.announced.code, sha256=one.announced.sha256)
            for one in taken.documents
        ),
        content_sha256=sha256(json.encode(typed_in(entry))).hexdigest(),
        paper_sha256=sha256(paper).hexdigest(),
        head=find_head(work.session, entry.contest_id),
    )
    keep_receipt(
        work.session,
        IssuedReceiptRow(
            entry_id=entry.entry_id,
            version=entry.version,
            paper=paper.decode(),
            signed=sign(claims, keys),
            issued_at=work.now,
        ),
    )


def typed_in(entry: Entry) -> tuple[object, ...]:
    """Return what an entry says beside its documents, in a fixed order; people by their ids."""
    shares = [(author.person_id, author.share) for author in entry.authors]
    more = (entry.enterprise, entry.improves)
    about = (entry.kind, entry.group, entry.area, entry.unit_id)
    return (*about, entry.title, entry.summary, shares, entry.declarations, *more)


def in_hand(taken: Taken, rules: Rules, work: Work) -> Handed:
    """Return what the receipt says beside the entry; units by the names they have today."""
    entry, clerk = taken.entry, None
    if entry.channel in HANDED_OVER:
        version = versions.find_version(work.session, entry.entry_id, entry.version)
        clerk = people.find_person(work.session, version.by if version else work.actor.id)
    units = {entry.unit_id, *(author.unit_id for author in entry.authors)}
    return Handed(
        documents=taken.documents,
        missing=taken.missing,
        units=agencies.unit_names(work.session, units),
        receiver=clerk.full_name if clerk else None,
        issued_on=Calendar.of(rules).day_of(work.now),
        salt=work.new_id(),
        is_admitted=taken.is_admitted,
    )
