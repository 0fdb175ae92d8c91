"""The bodies of a contest get their members, who may not enter it."""

from collections.abc import Collection

from contracts import intake
from kernel.database import Work
from kernel.errors import Forbidden, Refused, require
from kernel.messaging import command, query
from services.intake.service.counting import disqualify
from services.intake.service.writing import UnknownPerson
from services.intake.store import contests, entries, officers, people
from services.intake.store.contests import UnknownContest

MAY_KNOW = frozenset({"secretary", "organiser", "chair"})


class BodyMayEnter(Refused):
    """The rules do not keep members of this body from entering."""


class JuryNamesSecret(Forbidden):
    """The rules of this contest keep the names of the jury secret."""


def check_named(work: Work, contest_id: str, judges: Collection[str]) -> None:
    """Raise where the rules keep the names of judges from whoever asks."""
    if not judges or work.actor.id in judges or MAY_KNOW & work.actor.roles:
        return
    if contests.load_rules(work.session, contest_id).rules.jury.names == "SECRET":
        raise JuryNamesSecret


class Officers:
    """Who runs the contest: organisers, secretaries, operators; the jury is review's to seat."""

    @command
    def name_officers(self, asked: intake.NameOfficers, work: Work) -> tuple[str, ...]:
        """Keep these people from entering; what they have handed in is out. Return its ids."""
        require(work.actor.within(asked.contest_id), "organiser", "operator")
        contest_id = asked.contest_id
        if contests.find_contest(work.session, contest_id) is None:
            raise UnknownContest("There is no contest {contest_id}.", contest_id=contest_id)
        rules = contests.load_rules(work.session, contest_id).rules
        if asked.body not in rules.entrants.excluded:
            raise BodyMayEnter
        if not all(people.find_person(work.session, one) for one in asked.person_ids):
            raise UnknownPerson
        named = tuple(dict.fromkeys(asked.person_ids))
        by = (work.actor.id, work.now)
        officers.name_officers(work.session, contest_id, asked.body, named, by)
        work.announce(
            intake.OfficersNamed(contest_id=contest_id, body=asked.body, person_ids=named)
        )
        authors = people.alike(work.session, named)
        theirs = entries.load_entries_by(work.session, contest_id, authors)
        for entry in theirs:
            disqualify(entry, rules.entrants.excluded_rule, work)
        return tuple(entry.entry_id for entry in theirs)

    @query
    def list_judges(self, asked: intake.ListJudges, work: Work) -> tuple[intake.JudgeName, ...]:
        """Name the judges of a contest, sorted by id; nothing else is said of them."""
        judges = sorted(contests.judges(work.session, asked.contest_id))
        check_named(work, asked.contest_id, judges)
        names = people.names(work.session, judges)
        return tuple(
            intake.JudgeName(person_id=one, full_name=names.get(one, "")) for one in judges
        )
