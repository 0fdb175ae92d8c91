"""How copies for judges are made: whose traces are looked for, in which papers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from contracts.intake import Agency
from kernel.crunch import Crunch
from kernel.database import Work
from kernel.objects import Bucket
from services.intake import uploads
from services.intake.blinding.asking import make
from services.intake.blinding.orders import Order
from services.intake.domain.copies import BlindCopy, Removed, Wishes, for_judges
from services.intake.domain.documents import Document, type_of
from services.intake.domain.entries import Entry
from services.intake.domain.traces import Identity, Named, Unit, treat
from services.intake.service.dossiers import papers_handed_in
from services.intake.store import agencies, contests, people

PREFIX = "blind"  # of the keys of copies; what follows is drawn and tells nothing


def identity_of(entry: Entry, wishes: Wishes, work: Work) -> Identity:
    """Return what an entry's dossier and the register of people know of who made it."""
    ids = dict.fromkeys((*entry.author_ids, entry.filed_by))
    known = [one for each in ids if (one := people.find_person(work.session, each))]
    units = {entry.unit_id} | {one.unit_id for one in entry.authors}
    units |= {one.unit_id for one in known}
    enterprise = entry.enterprise
    named = [
        Named(one.full_name, one.email or "", one.phone or "", one.position or "")
        for one in entry.authors
    ]
    named += [Named(one.full_name, one.email or "", one.phone or "") for one in known]
    if enterprise and enterprise.representative:
        named.append(Named(enterprise.representative))
    return Identity(
        people=tuple(dict.fromkeys(named)),
        units=tuple(dict.fromkeys(units_of({one for one in units if one}, work))),
        enterprise=enterprise.name if enterprise else "",
        tax_code=enterprise.tax_code if enterprise else "",
        added=wishes.added,
        kept=wishes.kept,
    )


def units_of(unit_ids: set[str], work: Work) -> Iterator[Unit]:
    """Yield units by all their names, those they continue, and the units they are part of.

    The topmost unit is left out: it is the province itself, whose name every paper bears.
    """
    known = {one.unit_id: one for one in agencies.load_agencies(work.session)}
    names = agencies.load_names(work.session)
    links = agencies.load_successions(work.session)
    wanted = set(unit_ids)
    wanted |= {link.predecessor for link in links if link.successor in unit_ids}
    wanted |= {above for one in tuple(wanted) for above in above_of(known, one)}
    for unit_id in sorted(wanted & known.keys()):
        unit = known[unit_id]
        yield Unit(unit.name, unit.short_name or "")
        for _, name in names.get(unit_id, ()):
            yield Unit(name)


def above_of(known: dict[str, Agency], unit_id: str) -> Iterator[str]:
    """Yield the units above one but the topmost."""
    seen = {unit_id}
    unit = known.get(unit_id)
    while unit and unit.parent_id in known and unit.parent_id not in seen:
        seen.add(unit.parent_id)
        unit = known[unit.parent_id]
        if unit.parent_id in known:
            yield unit.unit_id


def copied_papers(entry: Entry, work: Work) -> tuple[Document, ...]:
    """Return the papers of the newest version that judges read, in order."""
    rules = contests.load_rules(work.session, entry.contest_id).rules
    return for_judges(rules.dossier, papers_handed_in(entry, rules, work))


def blank_of(entry: Entry, place: int, work: Work) -> BlindCopy:
    """Return a first copy with nothing in it yet."""
    return BlindCopy(
        contest_id=entry.contest_id,
        entry_id=entry.entry_id,
        version=entry.version,
        place=place,
        number=1,
        made_at=work.now,
    )


def words_copied(blank: BlindCopy, entry: Entry, work: Work) -> BlindCopy:
    """Return title and summary without what tells whose they are."""
    lines = (entry.title, *entry.summary.split("\n"))
    (title, *summary), found = treat(lines, identity_of(entry, blank.wishes, work))
    text = "\n".join(lines)
    return replace(
        blank,
        title=title,
        summary="\n".join(summary),
        removed=tuple(
            Removed(1, one.kind.value, " ".join(text[one.start : one.end].split()))
            for one in found
        ),
    )


@dataclass(frozen=True, slots=True)
class Workshop:
    """What copies are made with: the bucket, the child processes, where the font is."""

    files: Bucket
    makers: Crunch
    font_path: str


def paper_copied(
    blank: BlindCopy, entry: Entry, paper: Document, shop: Workshop, work: Work
) -> BlindCopy:
    """Return a copy of a paper, put into the bucket under a key of its own."""
    kind = type_of(paper.announced.media_type) or "?"
    order = Order(
        url=uploads.reading_url(shop.files, paper),
        size=paper.announced.size,
        kind=kind,
        identity=identity_of(entry, blank.wishes, work),
        boxes=blank.wishes.boxes,
        font_path=shop.font_path,
    )
    made = make(shop.makers, order)
    key = f"{PREFIX}/{work.new_id()}" if made.pdf else ""
    if key:
        shop.files.put(key, made.pdf, "application/pdf")
    return replace(
        blank,
        paper=paper.announced.code,
        document_id=paper.document_id,
        key=key,
        pages=made.pages,
        removed=made.removed,
        unread=made.unread,
        left_out=made.left_out,
        problem=made.problem or "",
    )
