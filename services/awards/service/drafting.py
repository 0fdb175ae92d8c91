"""Writes the year-end report: a draft without a number, or what the issued one shows."""

from dataclasses import replace

from msgspec import convert

from contracts import awards
from contracts.rules import Authority, Rules
from kernel.database import Work
from kernel.errors import NotFound
from services.awards import store
from services.awards.domain.paper import Document
from services.awards.report import Recorded, exhibits_of, facts_of
from services.awards.service.adoption_views import views_of
from services.awards.service.days import today
from services.awards.service.issuing import words_of
from services.awards.service.ordering import Ordered, form_of, organisers, symbol_of, worded
from services.awards.statistics import statistics_of

FORM = "YEAR_REPORT"


class NoSuchAuthority(NotFound):
    """The contest's rules have no such authority."""


def unnumbered(work: Work, rules: Rules, row: store.ReportRow) -> Document:
    """Write the report as a draft: number and day left open, as on a draft of paper."""
    ordered = ordered_of(work, rules, row)
    form = form_of(words_of(work.session, rules), FORM)
    symbol, day = symbol_of(form, ordered.body), today(work, rules)
    paper = awards.Paper(
        paper_id="",
        kind="DOCUMENT",
        authority=ordered.body.code,
        number=0,
        symbol=symbol,
        dated=day,
        form=FORM,
    )
    model = worded(paper, ordered, rules, words_of(work.session, rules))
    placed = f"{ordered.body.place}, ngày … tháng … năm {day.year}"
    head = replace(model.head, number=f"…/{symbol}", placed=placed)
    return shown_in(work, rules, replace(model, head=head), ordered)


def ordered_of(work: Work, rules: Rules, row: store.ReportRow) -> Ordered:
    """Say what the report is filled with."""
    said = convert((row.assessment, row.proposals), tuple[tuple[str, ...], tuple[str, ...]])
    facts = facts_of(recorded_of(work, rules), *said)
    host = words_of(work.session, rules).spelt_out(rules.organiser.host)
    body = body_of(work, rules, row.authority)
    return Ordered(FORM, body, {**facts.texts, "host": host}, facts.lists)


def shown_in(work: Work, rules: Rules, model: Document, ordered: Ordered) -> Document:
    """Put the tables and charts behind the words."""
    form = form_of(words_of(work.session, rules), FORM)
    shown = exhibits_of(form, recorded_of(work, rules), dict(ordered.texts))
    return replace(model, exhibits=shown)


def recorded_of(work: Work, rules: Rules) -> Recorded:
    """Read what is recorded of a contest, and of those before it."""
    until = rules.intake.opens
    earlier = (
        one.id
        for one in store.load_all_rules(work.session, ())
        if one.intake.opens <= until or one.id == rules.id
    )
    return Recorded(
        rules,
        statistics_of(work.session, [rules.id], work.now),
        statistics_of(work.session, list(earlier), work.now),
        views_of(work, rules),
    )


def body_of(work: Work, rules: Rules, code: str) -> Authority:
    """Return who reports; the organising committee unless an authority is named."""
    if not code:
        return organisers(work.session, rules)
    found = next((each for each in rules.authorities if each.code == code), None)
    if found is None:
        raise NoSuchAuthority
    return found
