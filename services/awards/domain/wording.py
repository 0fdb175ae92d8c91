"""What the papers say: the rules, the winners and a profile's sentences, put together.

A profile is data (`templates/<legal profile>/`): which laws are cited and in what words prizes
are given in the contest's year. Start with `decision` and `certificate`; papers of every other
kind are worded by `forms`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from contracts.rules import Authority, Basis, Rules
from services.awards.domain.forms import Citation, Form, Office
from services.awards.domain.paper import (
    Annex,
    Certificate,
    Document,
    Head,
    Signature,
    full_number,
    head_lines,
    long_date,
    written_score,
)


@dataclass(frozen=True, slots=True)
class Commendation:
    """The sentences about one form of commendation. Words in braces are filled in."""

    name: str
    subject: str
    articles: tuple[str, ...]
    annex_subject: str
    achievement: str


@dataclass(frozen=True, slots=True)
class Profile:
    """The words of one legal period. `abbreviations` are spelt out wherever they stand.

    `since` is the first day of contests the profile is for, `documents` are the forms of all
    papers but commendations, by kind. `slots` name what forms have to be told.
    """

    since: date
    bases: tuple[Citation, ...]
    abbreviations: Mapping[str, str]
    contest: str
    proposed_by: str
    recipients: tuple[str, ...]
    annex_title: str
    annex_goes_with: str
    annex_columns: tuple[str, ...]
    annex_widths: tuple[int, ...]
    team: str
    decided: str
    registered: str
    commendations: Mapping[str, Commendation]
    organisers: Office
    documents: Mapping[str, Form]
    slots: Mapping[str, str] = field(default_factory=dict)

    def spelt_out(self, text: str) -> str:
        """Replace abbreviations by what they stand for."""
        for short, long in self.abbreviations.items():
            text = re.sub(rf"\b{re.escape(short)}\b", long, text)
        return text

    def cited_for(self, rules: Rules) -> tuple[str, ...]:
        """Return what papers of a contest rest on: the laws, then the contest's own bases."""
        laws = (citation.text for citation in self.bases)
        return (*laws, *(cited(basis, self) for basis in rules.basis))


@dataclass(frozen=True, slots=True)
class Award:
    """A prize-winning entry as papers name it. `unit` is None for people outside every unit."""

    title: str
    authors: tuple[str, ...]
    unit: str | None
    prize: str
    score: Decimal


@dataclass(frozen=True, slots=True)
class Issue:
    """Who issues a paper, under which number, and when."""

    authority: Authority
    commendation: str
    number: int
    dated: date

    @property
    def full_number(self) -> str:
        """Return the number as printed."""
        return full_number(self.number, self.authority.symbol)

    @property
    def placed(self) -> str:
        """Return the line of place and date."""
        return f"{self.authority.place}, {long_date(self.dated)}"

    @property
    def signature(self) -> Signature:
        """Return the place to sign."""
        titles = self.authority.signer_title.upper().split("\n")
        return Signature(tuple(titles), self.authority.signer_name)


def decision(issue: Issue, awards: tuple[Award, ...], rules: Rules, profile: Profile) -> Document:
    """Write an authority's decision, with the list of those it commends."""
    words = profile.commendations[issue.commendation]
    filled = filled_always(issue, len(awards), rules, profile)
    return Document(
        head=Head(
            parent=head_lines(issue.authority.parent),
            issuer=head_lines(issue.authority.issuer),
            number=issue.full_number,
            placed=issue.placed,
        ),
        type_name="QUYẾT ĐỊNH",
        subject=words.subject.format(**filled),
        power=filled["authority"].upper(),
        bases=profile.cited_for(rules),
        proposed_by=profile.proposed_by,
        articles=tuple(article.format(**filled) for article in words.articles),
        order="QUYẾT ĐỊNH:",
        signatures=(issue.signature,),
        recipients=profile.recipients,
        annex=Annex(
            title=profile.annex_title,
            subject=words.annex_subject.format(**filled),
            goes_with=profile.annex_goes_with.format(**filled),
            columns=profile.annex_columns,
            widths=profile.annex_widths,
            rows=tuple(
                (
                    str(n),
                    a.title,
                    "; ".join(a.authors),
                    a.unit or "",
                    a.prize,
                    written_score(a.score),
                )
                for n, a in enumerate(awards, start=1)
            ),
        ),
    )


def filled_always(issue: Issue, count: int, rules: Rules, profile: Profile) -> dict[str, str]:
    """Return the slots that every paper may speak of."""
    return {
        "authority": profile.spelt_out(issue.authority.name),
        "contest": contest_name(rules, profile),
        "standing_unit": profile.spelt_out(rules.organiser.standing_unit),
        "count": f"{count:02d}",
        "number": issue.full_number,
        "date": long_date(issue.dated),
    }


def certificate(
    issue: Issue, award: Award, register: int, rules: Rules, profile: Profile
) -> Certificate:
    """Write the certificate of one entry; `register` is its number in the golden book."""
    words = profile.commendations[issue.commendation]
    names = ", ".join(award.authors)
    return Certificate(
        giver=profile.spelt_out(issue.authority.name).upper(),
        type_name=words.name.upper(),
        recipient=profile.team.format(names=names) if len(award.authors) > 1 else names,
        unit=award.unit or "",
        achievement=words.achievement.format(
            prize=award.prize, contest=contest_name(rules, profile), title=award.title
        ),
        placed=issue.placed,
        signature=issue.signature,
        decided=profile.decided.format(number=issue.full_number, date=long_date(issue.dated)),
        registered=profile.registered.format(number=f"{register:02d}"),
    )


def contest_name(rules: Rules, profile: Profile) -> str:
    """Name the contest in the middle of a sentence."""
    return profile.contest.format(title=profile.spelt_out(rules.title))


def cited(basis: Basis, profile: Profile) -> str:
    """Write a basis from the rules, as in `Căn cứ Kế hoạch số 125/KH-UBND ngày … của …`."""
    doc = re.sub(r"(?<!số )\b(\d+/)", r"số \1", basis.doc, count=1)
    issuer = profile.spelt_out(basis.issuer)
    dated = f" {long_date(basis.issued_on)}" if basis.issued_on else ""
    return f"Căn cứ {doc}{dated} của {issuer}"
