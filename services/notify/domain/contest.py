"""What letters quote from a contest's rules: names, never dates or numbers of their own."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from contracts.rules import Notices, Rules

NAMES = ("cuộc thi", "hội thi", "giải thưởng")  # a title that begins so says what it is


@dataclass(frozen=True, slots=True)
class Round:
    """A round of judging. A defence lasts `present_minutes` and `question_minutes`, if known."""

    id: str
    name: str
    blind: bool
    present_minutes: int | None = None
    question_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Prize:
    """A kind of prize and the authority that grants it, by its name."""

    name: str
    authority: str


@dataclass(frozen=True, slots=True)
class Contest:
    """A contest as its letters name it; `number` is that of the newest amendment.

    `notices` says who is told what; `closes` is the end of the time for entries.
    """

    contest_id: str
    number: int
    title: str
    host: str
    intake_desk: str
    timezone: str
    papers: dict[str, str]
    rounds: tuple[Round, ...]
    prizes: dict[str, Prize]
    notices: Notices = field(default_factory=Notices)
    closes: datetime | None = None

    @classmethod
    def of(cls, contest_id: str, number: int, rules: Rules) -> Self:
        """Read what letters need from the rules."""
        authorities = {authority.code: authority.name for authority in rules.authorities}
        papers = (*rules.dossier.required, *rules.dossier.optional)
        return cls(
            contest_id=contest_id,
            number=number,
            title=rules.title,
            host=rules.organiser.host,
            intake_desk=rules.organiser.intake_desk,
            timezone=rules.timezone,
            papers={paper.code: paper.name for paper in papers},
            rounds=tuple(
                Round(
                    id=round_.id,
                    name=round_.name,
                    blind=round_.blind,
                    present_minutes=round_.slot.present_minutes if round_.slot else None,
                    question_minutes=round_.slot.question_minutes if round_.slot else None,
                )
                for round_ in rules.rounds
            ),
            prizes={
                prize.code: Prize(prize.name, authorities.get(prize.authority, prize.authority))
                for prize in rules.prizes
            },
            notices=rules.notices,
            closes=rules.intake.closes,
        )

    @property
    def called(self) -> str:
        """Name the contest in the middle of a sentence, as papers do."""
        is_named = self.title.casefold().startswith(NAMES)
        return self.title if is_named else f"Cuộc thi “{self.title}”"

    def name_papers(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        """Name the papers behind the codes; a code nobody knows stands for itself."""
        return tuple(self.papers.get(code, code) for code in codes)

    def round(self, round_id: str) -> Round:
        """Return a round; one the rules do not know is treated as blind, to be safe."""
        known = (round_ for round_ in self.rounds if round_.id == round_id)
        return next(known, Round(round_id, round_id, blind=True))

    def round_after(self, round_id: str) -> Round | None:
        """Return the round that follows, if there is one."""
        ids = [round_.id for round_ in self.rounds]
        following = ids.index(round_id) + 1 if round_id in ids else len(ids)
        return self.rounds[following] if following < len(ids) else None
