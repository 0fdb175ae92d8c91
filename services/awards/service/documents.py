"""Papers that an office issues of its own accord: submissions, notices, invitations, minutes."""

from contracts import awards
from contracts.rules import Authority, Rules
from kernel.crunch import Crunch
from kernel.database import Work
from kernel.errors import Forbidden, NotFound, require
from kernel.messaging import command, query
from kernel.objects import Bucket
from services.awards import store
from services.awards.domain.forms import Form, filled, slots
from services.awards.domain.paper import written_score
from services.awards.domain.wording import Award, Profile, contest_name
from services.awards.orders import print_paper
from services.awards.service.issuing import words_of
from services.awards.service.ordering import Ordered, issue_paper, organisers, preview
from services.awards.service.registry import open_registry
from services.awards.settings import AwardsSettings

ORGANISERS = "BTC"
# What every paper knows by itself, and the word for each item of a list.
KNOWN = frozenset(
    {"authority", "contest", "standing_unit", "count", "number", "date", "item", "place"}
)


class UnknownBody(NotFound):
    """The rules name no such authority."""


class Documents:
    """Papers of the legal profile's forms."""

    files: Bucket
    press: Crunch
    settings: AwardsSettings

    @command
    def issue_document(self, asked: awards.IssueDocument, work: Work) -> awards.Paper:
        """Give a paper its number and its words, print it and keep it."""
        rules = store.lock_rules(work.session, asked.contest_id)
        entries = store.load_entries(work.session, asked.contest_id)
        return issue_paper(self, work, rules, ordered_by(asked, rules, entries, work))

    @query
    def preview_document(self, asked: awards.PreviewDocument, work: Work) -> bytes:
        """Print what would be issued, without a number, a signature or a code to check it by."""
        rules = store.load_rules(work.session, asked.contest_id)
        entries = store.load_entries(work.session, asked.contest_id)
        model = preview(work, rules, ordered_by(asked, rules, entries, work))
        printed = print_paper(self.press, model, self.settings.font_path, work)
        return printed.pdf.content

    @query
    def list_forms(self, asked: awards.ListForms, work: Work) -> awards.Forms:
        """List the papers that can be issued, and what each has to be told."""
        rules = store.load_rules(work.session, asked.contest_id)
        bodies = bodies_of(rules, work)
        if not bodies:
            raise Forbidden
        profile = words_of(work.session, rules)
        return awards.Forms(
            bodies=bodies,
            forms=tuple(
                form_view(name, form, rules, profile)
                for name, form in profile.documents.items()
                if not form.own_step
            ),
        )


def ordered_by(
    asked: awards.IssueDocument | awards.PreviewDocument,
    rules: Rules,
    entries: dict[str, store.EntryRow],
    work: Work,
) -> Ordered:
    """Return the paper somebody asks for, if they may issue for the body they name."""
    body = body_of(asked.body, rules, work)
    concerned = entries[asked.entry_id].author_ids if asked.entry_id in entries else ()
    return Ordered(
        asked.form,
        body,
        asked.texts,
        asked.lists,
        winner_rows(rules, entries, work) if asked.winners else asked.rows,
        tuple(concerned),
        asked.entry_id,
        is_asked=True,
    )


def bodies_of(rules: Rules, work: Work) -> tuple[awards.BodyView, ...]:
    """Return the bodies that the actor may issue papers for."""
    known = []
    roles = work.actor.within(rules.id).roles
    if not roles.isdisjoint({"organiser", "secretary"}):
        known.append(organisers(work.session, rules))
    known += [one for one in rules.authorities if f"authority:{one.code}" in roles]
    return tuple(awards.BodyView(code=one.code, name=one.name) for one in known)


def form_view(name: str, form: Form, rules: Rules, profile: Profile) -> awards.FormView:
    """Show what a form has to be told; what every paper knows is left out."""
    lists = tuple(dict.fromkeys(phrase.each for phrase in form.body if phrase.each))
    labels = {slot: f"({profile.slots.get(slot, slot).lower()})" for slot in slots(form.subject)}
    texts = [slot for slot in slots(form) if slot not in KNOWN]
    return awards.FormView(
        form=name,
        type_name=form.type_name,
        about=filled(form.subject, {**labels, "contest": contest_name(rules, profile)}),
        slots=tuple(
            awards.FormSlot(name=slot, label=profile.slots.get(slot, slot), is_list=slot in lists)
            for slot in (*texts, *lists)
        ),
        columns=form.listing.columns if form.listing else (),
        lists_prizes=form.listing is not None and form.listing.of_prizes,
    )


def body_of(code: str, rules: Rules, work: Work) -> Authority:
    """Return the body that issues, if the actor may issue for it. Raises `UnknownBody`."""
    if code == ORGANISERS:
        require(work.actor.within(rules.id), "organiser", "secretary")
        return organisers(work.session, rules)
    require(work.actor.within(rules.id), f"authority:{code}")
    for authority in rules.authorities:
        if authority.code == code:
            return authority
    raise UnknownBody


def winner_rows(
    rules: Rules, entries: dict[str, store.EntryRow], work: Work
) -> tuple[tuple[str, ...], ...]:
    """Write the prizes as they stand as rows of a list: number, title, authors, unit, prize."""
    lines = store.load_list(work.session, rules.id).lines or ()
    registry = open_registry(work, rules, entries, lines)
    return tuple(
        (str(place), *row_of(registry.winners[line.entry_id]))
        for place, line in enumerate(lines, 1)
    )


def row_of(award: Award) -> tuple[str, ...]:
    """Write a winner as the cells of a list."""
    authors, score = ", ".join(award.authors), written_score(award.score)
    return award.title, authors, award.unit or "", award.prize, score
