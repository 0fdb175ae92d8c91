"""Issues a paper of any of the legal profile's forms; start with `issue_paper`.

The forms are data (`templates/wording.json`, `documents`); `domain.forms` fills them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from unicodedata import normalize

from msgspec.structs import replace
from sqlalchemy.orm import Session

from contracts import awards
from contracts.rules import Authority, Rules
from kernel.database import Work
from kernel.errors import Refused
from services.awards import store
from services.awards.domain.forms import Facts, Form, fill
from services.awards.domain.paper import Document, Head, full_number, head_lines
from services.awards.domain.wording import Issue, Profile, filled_always
from services.awards.service.days import today
from services.awards.service.issuing import Draft, Printer, issue, words_of


class FormHasOwnStep(Refused):
    """This paper is issued by a step of its own; take that step."""


class UnknownForm(Refused):
    """The legal profile has no form for such a paper."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """A paper to issue: the form, the body whose number series it takes, and the facts.

    `texts`, `lists` and `rows` fill the form's slots and list (`domain.forms`); the contest's
    name, the body's, number, date, how many rows and the standing unit are known anyway.
    `author_ids` may read it beside the office. `is_asked` if a person asks for it, not a step.
    """

    form: str
    body: Authority
    texts: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rows: tuple[tuple[str, ...], ...] = ()
    author_ids: tuple[str, ...] = ()
    entry_id: str | None = None
    is_asked: bool = False


def issue_paper(printer: Printer, work: Work, rules: Rules, ordered: Ordered) -> awards.Paper:
    """Issue a paper, printed and kept. Raises `UnknownForm`, `FactMissing`, `TableUneven`."""
    draft = draw_up(work, rules, ordered)
    issue(printer, work, rules.id, draft)
    return draft.paper


def draw_up(work: Work, rules: Rules, ordered: Ordered) -> Draft:
    """Give a paper of a form its number and its words."""
    profile = words_of(work.session, rules)
    paper = unnumbered(work, rules, ordered, profile)
    series = body_of(ordered.body), paper.dated.year
    number = store.draw_number(work.session, *series, book=paper.symbol)
    paper = replace(paper, paper_id=work.new_id(), number=number)
    return Draft(paper, worded(paper, ordered, rules, profile), ordered.author_ids)


def preview(work: Work, rules: Rules, ordered: Ordered) -> Document:
    """Write what would be issued, its number left open."""
    profile = words_of(work.session, rules)
    return worded(unnumbered(work, rules, ordered, profile), ordered, rules, profile)


def unnumbered(work: Work, rules: Rules, ordered: Ordered, profile: Profile) -> awards.Paper:
    """Return a paper of a form without id and number. Raises `UnknownForm`, `FormHasOwnStep`."""
    form = form_of(profile, ordered.form)
    if form.own_step and ordered.is_asked:
        raise FormHasOwnStep
    return awards.Paper(
        paper_id="",
        kind="DOCUMENT",
        authority=ordered.body.code,
        number=0,
        symbol=symbol_of(form, ordered.body),
        dated=today(work, rules),
        entry_id=ordered.entry_id,
        form=ordered.form,
    )


def worded(paper: awards.Paper, ordered: Ordered, rules: Rules, profile: Profile) -> Document:
    """Write what a form's paper says."""
    body = ordered.body
    issued = Issue(body, "", paper.number, paper.dated)
    written = full_number(paper.number, paper.symbol)
    always = filled_always(issued, len(ordered.rows), rules, profile) | {"number": written}
    return fill(
        profile.documents[ordered.form],
        Head(head_lines(body.parent), head_lines(body.issuer), written, issued.placed),
        issued.signature,
        profile.cited_for(rules),
        Facts({**always, **ordered.texts}, ordered.lists, ordered.rows),
    )


def organisers(session: Session, rules: Rules) -> Authority:
    """Return the organising committee as a body that issues, by the head of the rules' minutes."""
    office = words_of(session, rules).organisers
    return Authority(
        code="BTC",
        name=office.name,
        parent=rules.minutes.parent or rules.organiser.host,
        issuer=rules.minutes.issuer,
        symbol=f"QĐ-{rules.minutes.symbol.partition('-')[2]}",
        signer_title=office.signer_title,
        place=rules.authorities[0].place if rules.authorities else "",
    )


def form_of(profile: Profile, name: str) -> Form:
    """Find a form; raises `UnknownForm`."""
    if name not in profile.documents:
        raise UnknownForm(
            "There is no form {form}; there are {known}.",
            form=name,
            known=", ".join(sorted(profile.documents)),
        )
    return profile.documents[name]


def symbol_of(form: Form, body: Authority) -> str:
    """Write the symbol of a body's paper, `TTr-SNV`, with the abbreviation its decisions have."""
    return f"{form.symbol}-{body.symbol.partition('-')[2] or body.symbol}"


def body_of(body: Authority) -> str:
    """Name the body whose numbers form a series, in one spelling; as `Batch.body` does."""
    names = (body.parent, body.issuer)
    return normalize("NFC", " / ".join(name for name in names if name)).upper()
