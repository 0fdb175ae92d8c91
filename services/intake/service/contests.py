"""Contests are opened and amended; people are made known."""

from contracts import intake
from kernel.database import Work
from kernel.errors import Refused, require
from kernel.messaging import command
from services.intake.domain.eligibility import clean
from services.intake.domain.entries import NoReason
from services.intake.rules import check
from services.intake.rules.changes import changes
from services.intake.service.counting import admit_late
from services.intake.service.registering import person_of, register
from services.intake.settings import IntakeSettings
from services.intake.signing import Keys, read_keys
from services.intake.store import contests, people
from services.intake.store.contests import Frozen


class RulesWrong(Refused):
    """The rules file has mistakes."""


class AlreadyOpen(Refused):
    """This contest is open under other rules; amend it instead."""


class OtherContest(Refused):
    """The file is the rules of another contest."""


class NothingAmended(Refused):
    """The file is the same as the rules in force."""


class Contests:
    """What organisers and operators prepare before entries come."""

    settings: IntakeSettings

    @command
    def open_contest(self, asked: intake.OpenContest, work: Work) -> intake.OpenedContest:
        """Check, freeze and announce a rules file; the same file again changes nothing."""
        require(work.actor, "organiser", "operator")
        new = read_rules(asked.source)
        if contests.find_contest(work.session, new.rules.id) is not None:
            known = contests.load_rules(work.session, new.rules.id)
            if known.sha256 != new.sha256:
                raise AlreadyOpen(
                    "{contest_id} is open under other rules; amend it instead.",
                    contest_id=new.rules.id,
                )
            return opened(known)
        contests.freeze(work.session, new, work.now)
        event = intake.ContestOpened(
            contest_id=new.rules.id, rules=new.rules, sha256=new.sha256, opened_at=work.now
        )
        work.announce(event)
        return opened(new)

    @command
    def amend_contest(self, asked: intake.AmendContest, work: Work) -> intake.OpenedContest:
        """Put new rules in force under the next number, with the reason."""
        require(work.actor.within(asked.contest_id), "organiser")
        contests.find_contest(work.session, asked.contest_id)
        known = contests.load_rules(work.session, asked.contest_id)
        new = read_rules(asked.source, known.number + 1)
        if not (reason := clean(asked.reason)):
            raise NoReason
        if new.rules.id != asked.contest_id:
            raise OtherContest("The file is the rules of {contest_id}.", contest_id=new.rules.id)
        if new.sha256 == known.sha256:
            raise NothingAmended
        amend(known, new, reason, read_keys(self.settings.receipt_key), work)
        return opened(new)

    @command
    def register_person(self, asked: intake.RegisterPerson, work: Work) -> None:
        """Record how to write to somebody: themselves, or whoever staff registers."""
        registers_another = work.actor.id != asked.person_id
        if registers_another:
            require(work.actor, "organiser", "clerk", "operator", "service")
        person = person_of(asked, asked.person_id)
        roles = asked.roles if registers_another else None
        if roles or people.find_person(work.session, person.person_id) != person:
            register(person, work, roles)


def read_rules(source: str, number: int = 0) -> Frozen:
    """Read a rules file. Raises `RulesWrong` with its first mistake."""
    checked = check(source)
    if checked.rules is None or checked.sha256 is None:
        first = checked.mistakes[0]
        raise RulesWrong(
            "The rules file has {count} mistakes; the first, in line {line}, column {column}:"
            " {sentence}",
            count=len(checked.mistakes),
            line=first.line,
            column=first.column,
            sentence=first.sentence,
        )
    return Frozen(checked.rules, number, checked.sha256, checked.source)


def amend(known: Frozen, new: Frozen, reason: str, keys: Keys, work: Work) -> None:
    """Put rules in force and tell; what came late and is in time by them is admitted."""
    contests.freeze(work.session, new, work.now, reason)
    admit_late(new, keys, work)
    event = intake.ContestAmended(
        contest_id=new.rules.id,
        rules=new.rules,
        sha256=new.sha256,
        number=new.number,
        reason=reason,
        changes=tuple(change.sentence for change in changes(known.rules, new.rules)),
    )
    work.announce(event)


def opened(frozen: Frozen) -> intake.OpenedContest:
    """Say under which hash a contest's rules are frozen."""
    return intake.OpenedContest(
        contest_id=frozen.rules.id, number=frozen.number, sha256=frozen.sha256
    )
