"""Who belongs where and when, who is whom, and which unit continues which."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise

from sqlalchemy import delete, func, or_, select
from sqlalchemy.dialects.postgresql import array, insert
from sqlalchemy.orm import Session

from contracts.intake import AgencySuccession
from kernel.database import Work
from services.review.domain.conflicts import People, identities
from services.review.domain.entries import Entry
from services.review.domain.units import Post, Succession, Units
from services.review.store.jury_tables import AliasRow, PostRow, StayRow, SuccessionRow
from services.review.store.rounds import RoundInPlay
from services.review.store.tables import AssignmentRow, EntryRow, PersonRow, UnitRow


def keep_stay(session: Session, person_id: str, unit_id: str | None, at: datetime) -> None:
    """Remember with which unit somebody was registered at an instant."""
    query = insert(StayRow).values(person_id=person_id, said_at=at, unit_id=unit_id)
    session.execute(query.on_conflict_do_nothing())


def keep_aliases(session: Session, person_id: str, others: Iterable[str]) -> None:
    """Remember ids that are the same person's; that is never unlearnt."""
    for other in others:
        query = insert(AliasRow).values(person_id=person_id, other_id=other)
        session.execute(query.on_conflict_do_nothing())


def keep_successions(session: Session, said: Iterable[AgencySuccession]) -> None:
    """Remember which unit continues which, and since when."""
    for one in said:
        query = insert(SuccessionRow).values(
            predecessor_id=one.predecessor_id, successor_id=one.successor_id, happened_on=one.on
        )
        session.execute(query.on_conflict_do_nothing())


def save_posts(work: Work, person_id: str, posts: Sequence[Post]) -> None:
    """Write down where somebody was and is, in the place of what was said before."""
    work.session.execute(delete(PostRow).where(PostRow.person_id == person_id))
    work.session.add_all(
        PostRow(
            person_id=person_id,
            number=number,
            unit_id=post.unit,
            since=post.since,
            until=post.until,
            said_by=work.actor.true_id or work.actor.id,
            said_at=work.now,
        )
        for number, post in enumerate(posts, 1)
    )


def load_units(session: Session, day: date) -> Units:
    """Read the tree of units and who continues whom, as of a day."""
    above = select(UnitRow.unit_id, UnitRow.parent_id).where(UnitRow.parent_id.is_not(None))
    links = select(SuccessionRow).order_by(SuccessionRow.predecessor_id)
    return Units(
        {unit: parent for unit, parent in session.execute(above) if parent},
        tuple(
            Succession(row.predecessor_id, row.successor_id, row.happened_on)
            for row in session.scalars(links)
        ),
        day,
    )


def same_ids(session: Session) -> dict[str, str]:
    """Return, for every id of somebody known under several, the one that stands for all."""
    pairs = session.execute(select(AliasRow.person_id, AliasRow.other_id))
    return identities([(one, other) for one, other in pairs])


def alike(same: Mapping[str, str], person_ids: Collection[str]) -> frozenset[str]:
    """Return these ids and every other of the same persons."""
    wanted = {same[one] for one in person_ids if one in same}
    return frozenset(person_ids) | {one for one, root in same.items() if root in wanted}


def load_people(session: Session, judge_ids: Collection[str]) -> People:
    """Say who is whom, and with whom judges have written entries, in whatever contest."""
    same = same_ids(session)
    ids = alike(same, judge_ids)
    wrote: dict[str, set[str]] = {}
    if ids:
        query = select(EntryRow.author_ids).where(EntryRow.author_ids.has_any(array(sorted(ids))))
        for author_ids in session.scalars(query):
            authors = {same.get(author, author) for author in author_ids}
            for author in authors:
                wrote.setdefault(author, set()).update(authors - {author})
    return People(same, {one: frozenset(others) for one, others in wrote.items()})


def posts_of(
    session: Session, person_ids: Collection[str], same: Mapping[str, str]
) -> dict[str, frozenset[Post]]:
    """Return the dated places of persons under all their ids; who has none is left out.

    A unit somebody was registered with before is one they left the day of the next registration.
    """
    ids = alike(same, person_ids)
    found: dict[str, set[Post]] = {}
    for row in session.scalars(select(PostRow).where(PostRow.person_id.in_(ids))):
        found.setdefault(row.person_id, set()).add(Post(row.unit_id, row.since, row.until))
    for person_id, moved in moves(session, ids).items():
        found.setdefault(person_id, set()).update(moved)
    others = {one for one in ids if one in same}
    units = select(PersonRow.person_id, PersonRow.unit_id).where(PersonRow.person_id.in_(others))
    for person_id, unit_id in session.execute(units):
        if unit_id:
            found.setdefault(person_id, set()).add(Post(unit_id))
    joined: dict[str, set[Post]] = {}
    for person_id, posts in found.items():
        joined.setdefault(same.get(person_id, person_id), set()).update(posts)
    return {
        one: frozenset(joined[root])
        for one in person_ids
        if (root := same.get(one, one)) in joined
    }


def moves(session: Session, person_ids: Collection[str]) -> dict[str, list[Post]]:
    """Return the units that persons were registered with and are no longer."""
    moved = (
        select(StayRow.person_id)
        .where(StayRow.person_id.in_(person_ids))
        .group_by(StayRow.person_id)
        .having(func.count(func.coalesce(StayRow.unit_id, "").distinct()) > 1)
    )
    rows = session.scalars(
        select(StayRow)
        .where(StayRow.person_id.in_(moved))
        .order_by(StayRow.person_id, StayRow.said_at)
    ).all()
    left: dict[str, list[Post]] = {}
    for row, following in pairwise(rows):
        moved_on = row.person_id == following.person_id and row.unit_id != following.unit_id
        if moved_on and row.unit_id:
            post = Post(row.unit_id, None, following.said_at.date())
            left.setdefault(row.person_id, []).append(post)
    return left


def with_posts(session: Session, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return entries with the dated places of their authors."""
    listed = tuple(entries)
    authors = {author for entry in listed for author in entry.author_ids}
    posts = posts_of(session, authors, same_ids(session))
    if not posts:
        return listed
    none: frozenset[Post] = frozenset()
    return tuple(
        replace(entry, posts=none.union(*(posts.get(one, none) for one in entry.author_ids)))
        for entry in listed
    )


def is_author(session: Session, contest_id: str, name: str, person_id: str) -> bool:
    """Say whether somebody, under whatever id, is an author of an entry named by id or code."""
    ids = alike(same_ids(session), [person_id])
    query = select(EntryRow).where(
        EntryRow.contest_id == contest_id,
        or_(EntryRow.entry_id == name, EntryRow.code == name),
        EntryRow.author_ids.has_any(array(sorted(ids))),
    )
    return session.scalar(select(query.exists())) is True


def near_persons(
    session: Session, played: RoundInPlay, person_ids: Collection[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """Name the entries and the judges of a round that are these persons', under all their ids."""
    ids = alike(same_ids(session), person_ids)
    wrote = select(EntryRow.entry_id).where(
        EntryRow.contest_id == played.contest_id,
        EntryRow.author_ids.has_any(array(sorted(ids))),
    )
    judges = select(AssignmentRow.judge_id).where(
        AssignmentRow.contest_id == played.contest_id,
        AssignmentRow.round_id == played.round_id,
        AssignmentRow.judge_id.in_(ids),
    )
    return frozenset(session.scalars(wrote)), frozenset(session.scalars(judges.distinct()))
