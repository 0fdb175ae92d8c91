"""What an entrant declares: in which words, and for which papers that makes up.

Start with `declare`. A declaration is kept with the version and the digest of its text, so that
amended words are declared anew when the entry is handed in again.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from unicodedata import normalize

from contracts.rules import Declaration, Dossier
from kernel.errors import Refused


class UnknownDeclaration(Refused):
    """The contest asks for no such declaration."""


@dataclass(frozen=True, slots=True)
class Made:
    """A declaration that was made; `sha256` is the digest of its text in NFC as UTF-8."""

    code: str
    version: int
    sha256: str
    at: datetime
    by: str


def declarations_of(dossier: Dossier) -> tuple[Declaration, ...]:
    """Return what can be declared: what the rules word, and papers that no wording names."""
    worded = {one.paper for one in dossier.declarations}
    papers = (paper for paper in dossier.required if paper.form == "DECLARATION")
    unworded = (
        Declaration(code=paper.code, text=paper.name, paper=paper.code)
        for paper in papers
        if paper.code not in worded
    )
    return (*dossier.declarations, *unworded)


def digest(text: str) -> str:
    """Return the digest by which words are recognised again."""
    return sha256(normalize("NFC", text).encode()).hexdigest()


def declare(dossier: Dossier, named: Iterable[str], by: str, at: datetime) -> tuple[Made, ...]:
    """Return what is declared by naming these codes; a paper's code names all of its own.

    Raises `UnknownDeclaration`.
    """
    known = declarations_of(dossier)
    made: dict[str, Made] = {}
    for code in named:
        meant = [one for one in known if code in (one.code, one.paper)]
        if not meant:
            raise UnknownDeclaration("The contest asks for no declaration {code}.", code=code)
        made |= {one.code: Made(one.code, one.version, digest(one.text), at, by) for one in meant}
    return tuple(made.values())


def in_force(dossier: Dossier, made: Iterable[Made]) -> tuple[str, ...]:
    """Return the codes of the declarations made in the very words of the rules as they stand."""
    kept = {(one.code, one.version, one.sha256) for one in made}
    return tuple(
        one.code
        for one in declarations_of(dossier)
        if (one.code, one.version, digest(one.text)) in kept
    )


def papers_made(dossier: Dossier, declared: Collection[str]) -> frozenset[str]:
    """Return the papers all of whose declarations have been made.

    A paper that was named itself, before its declarations had words, counts as it did then.
    """
    known = declarations_of(dossier)
    papers = {one.paper for one in known if one.paper is not None}
    return frozenset(
        paper
        for paper in papers
        if paper in declared or all(one.code in declared for one in known if one.paper == paper)
    )
