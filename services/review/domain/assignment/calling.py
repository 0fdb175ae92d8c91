"""Who else is called to an entry whose judges stand too far apart."""

from collections.abc import Collection, Mapping

from services.review.domain.assignment.posing import Field
from services.review.domain.entries import Entry


def others(
    field: Field,
    entry: Entry,
    seated: Collection[str],
    loads: Mapping[str, int],
    *,
    everybody: bool,
) -> tuple[str, ...]:
    """Choose every judge who may mark an entry, or the least busy of them; the first by name.

    Nobody is called beside a judge they are kept apart from, nor beyond what they take.
    """
    kept = field.kept_away(entry)
    most = {desk.judge_id: field.limited(desk).most for desk in field.desks}
    free = set(field.found.free[entry.entry_id]) - set(seated) - kept.keys()
    called: list[str] = []
    for judge in sorted(free, key=lambda one: (loads.get(one, 0), one)):
        limit = most.get(judge)
        beside = {*seated, *called}
        if limit is not None and loads.get(judge, 0) >= limit:
            continue
        if any({judge, one} == set(pair) for pair in field.apart for one in beside):
            continue
        called.append(judge)
        if not everybody:
            break
    return tuple(called)
