"""Agencies become known, from messages and from files, and continue one another."""

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from msgspec import structs

from contracts import intake
from kernel.database import Work
from kernel.errors import require
from kernel.messaging import command, query
from services.intake.domain.agencies import read_rows
from services.intake.domain.eligibility import check_units
from services.intake.domain.succession import (
    Succession,
    check_successions,
    is_succeeded,
    name_on,
)
from services.intake.service.access import STAFF
from services.intake.spreadsheets import read_rows as read_sheet
from services.intake.store import agencies

# Agencies are of a province, not of one contest, whose rules would name a zone.
HOME = ZoneInfo("Asia/Ho_Chi_Minh")


class Agencies:
    """Who may take part is public; whom to write to there is for staff."""

    @command
    def import_agencies(self, asked: intake.ImportAgencies, work: Work) -> int:
        """Record the units that may take part; return how many are known now."""
        require(work.actor, "organiser", "operator")
        return record(asked.agencies, work)

    @command
    def import_agency_file(
        self, asked: intake.ImportAgencyFile, work: Work
    ) -> intake.AgencyFileRead:
        """Record the units of a file, all of them or, if anything is wrong with it, none."""
        require(work.actor, "organiser", "operator")
        known = {one.unit_id: one for one in agencies.load_agencies(work.session)}
        roster = read_rows(read_sheet(asked.content), known)
        recorded = not (roster.mistakes or asked.dry_run)
        if recorded:
            record(roster.agencies, work)
        new = [one for one in roster.agencies if one.unit_id not in known]
        same = [one for one in roster.agencies if known.get(one.unit_id) == one]
        return intake.AgencyFileRead(
            units=len(roster.agencies),
            added=len(new),
            changed=len(roster.agencies) - len(new) - len(same),
            recorded=recorded,
            mistakes=roster.mistakes,
        )

    @command
    def record_successions(self, asked: intake.RecordSuccessions, work: Work) -> int:
        """Record who continues whom; return how many successions are known now."""
        require(work.actor, "organiser", "operator")
        agencies.hold_successions(work.session)
        links = agencies.load_successions(work.session)
        new = tuple(one for one in map(link_of, asked.successions) if one not in links)
        units = [unit for one in new for unit in (one.predecessor, one.successor)]
        check_units(units, agencies.known_units(work.session))
        check_successions((*links, *new))
        agencies.add_successions(work.session, new)
        if new:
            said = tuple(map(shown, new))
            work.announce(intake.AgenciesSucceeded(successions=said))
        return len(links) + len(new)

    @query
    def list_successions(
        self, _asked: intake.ListSuccessions, work: Work
    ) -> tuple[intake.AgencySuccession, ...]:
        """List who continues whom."""
        return tuple(map(shown, agencies.load_successions(work.session)))

    @query
    def list_agencies(self, asked: intake.ListAgencies, work: Work) -> tuple[intake.Agency, ...]:
        """List the units that may take part, or those there were on a day, as called then."""
        listed: Iterable[intake.Agency] = agencies.load_agencies(work.session)
        if asked.as_of is not None:
            listed = as_of(listed, asked.as_of, work)
        if work.actor.roles.isdisjoint(STAFF | {"operator"}):
            listed = map(without_contact, listed)
        return tuple(listed)


def record(given: tuple[intake.Agency, ...], work: Work) -> int:
    """Keep units and tell of them, but not whom to write to; return how many are known."""
    known = agencies.save_agencies(work.session, given, work.now.astimezone(HOME).date())
    work.announce(intake.AgenciesImported(agencies=tuple(map(without_contact, given))))
    return known


def as_of(listed: Iterable[intake.Agency], day: date, work: Work) -> list[intake.Agency]:
    """Return the units there were on a day, by the names they had."""
    links = agencies.load_successions(work.session)
    names = agencies.load_names(work.session)
    return [
        structs.replace(one, name=name_on(names[one.unit_id], day))
        for one in listed
        if (one.valid_from is None or one.valid_from <= day)
        and (one.valid_to is None or day <= one.valid_to)
        and not is_succeeded(links, one.unit_id, day)
    ]


def without_contact(agency: intake.Agency) -> intake.Agency:
    """Return a unit without whom to write to there, who may be a person."""
    return structs.replace(agency, contact_email=None)


def link_of(said: intake.AgencySuccession) -> Succession:
    """Read a succession."""
    return Succession(said.predecessor_id, said.successor_id, said.on, said.kind, said.basis)


def shown(link: Succession) -> intake.AgencySuccession:
    """Show a succession."""
    return intake.AgencySuccession(
        predecessor_id=link.predecessor,
        successor_id=link.successor,
        on=link.on,
        kind=link.kind,
        basis=link.basis,
    )
