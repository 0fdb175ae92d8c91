"""What winners are due and owe, told to the office."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from contracts import awards
from kernel.database import Work
from kernel.messaging import query
from services.awards import store
from services.awards.domain import money
from services.awards.domain.figures import Law, PrizeTax, as_of
from services.awards.law import load_law
from services.awards.service.days import today
from services.awards.service.prizes import require_office
from services.awards.settings import AwardsSettings

FORMS = {"BANG_KHEN": "Bằng khen", "GIAY_KHEN": "Giấy khen"}


class Accounting:
    """The two ledgers."""

    settings: AwardsSettings

    @query
    def show_money(self, asked: awards.ShowMoney, work: Work) -> awards.MoneyView:
        """Show both ledgers; before publication as they would be by a decision of today."""
        rules = store.load_rules(work.session, asked.contest_id)
        require_office(work, rules, "organiser", "secretary")
        law = load_law(self.settings.law_table)
        entries = store.load_entries(work.session, asked.contest_id)
        entered = store.load_money(work.session, asked.contest_id)
        is_due = store.is_published(work.session, asked.contest_id)
        decided_on = today(work, rules)
        if is_due:
            results = store.load_published(work.session, asked.contest_id)
            decided_on = max((one.dated for one in results.papers), default=decided_on)
        else:
            listed = store.load_list(work.session, asked.contest_id)
            terms = money.Terms(rules, law, decided_on, work.now)
            kinds = {entry_id: entry.kind for entry_id, entry in entries.items()}
            entered = money.due(listed.lines or (), terms, kinds)
        return awards.MoneyView(
            is_due=is_due,
            decided_on=decided_on,
            lines=tuple(
                awards.MoneyLine(
                    ledger=one.ledger,
                    kind=one.kind,
                    entry_id=one.entry_id,
                    title=entries[one.entry_id].title,
                    prize=one.prize,
                    amount_vnd=one.vnd,
                    basis=one.basis,
                    at=one.at if is_due else None,
                )
                for one in entered
            ),
            contest_vnd=money.outstanding(entered, "CONTEST"),
            bonus_vnd=money.outstanding(entered, "BONUS"),
            to_recover_vnd=money.to_recover(entered),
            sources=tuple(sources(law, decided_on)),
            taxes=tuple(taxes(entered, as_of(law.taxes, decided_on))),
        )


def sources(law: Law, decided_on: date) -> Iterator[awards.MoneySource]:
    """Name the figures amounts rest on."""
    salary, rate = as_of(law.base_salaries, decided_on), as_of(law.bonuses, decided_on)
    yield awards.MoneySource(
        name="Mức lương cơ sở",
        value=Decimal(salary.vnd),
        valid_from=salary.valid_from,
        source=salary.source,
        is_checked=salary.is_checked,
    )
    for form, times in rate.times.items():
        yield awards.MoneySource(
            name=f"Hệ số {FORMS.get(form, form)}",
            value=times,
            valid_from=rate.valid_from,
            source=rate.source,
            is_checked=rate.is_checked,
        )


def taxes(entered: tuple[money.Entered, ...], rule: PrizeTax) -> Iterator[awards.TaxNote]:
    """Say what tax the contest's money is subject to, where it is above the free amount."""
    for entry_id in dict.fromkeys(one.entry_id for one in entered):
        vnd = money.total(entered, entry_id, "CONTEST", "DUE")
        vnd -= money.total(entered, entry_id, "CONTEST", "RECALLED")
        if (tax := money.tax_on(vnd, rule)) > 0:
            yield awards.TaxNote(entry_id=entry_id, amount_vnd=tax, text=money.tax_words(rule))
