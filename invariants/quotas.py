"""What the rules allow so often and no oftener: supplements, authors, own checks."""

from invariants.finding import Finding
from invariants.places import Places

# An amendment may have lowered a limit since: the highest that the contest ever had counts.
LIMIT = (
    "(SELECT max((rules.rules {path})::int) FROM rules WHERE rules.tenant = entry.tenant"
    " AND rules.contest_id = entry.contest_id)"
)
SUPPLEMENTS = (
    "SELECT tenant, entry_id, returns AS used, allowed FROM (SELECT entry.*, "
    + LIMIT.format(path="-> 'supplement' ->> 'max_requests'")
    + " AS allowed FROM entry WHERE returns > 0) AS entry"
)
AUTHORS = (
    "SELECT tenant, entry_id, used, allowed FROM (SELECT entry.*, (SELECT count(*) FROM author"
    " WHERE author.tenant = entry.tenant AND author.entry_id = entry.entry_id) AS used, "
    + LIMIT.format(path="-> 'entrants' ->> 'max_authors'")
    + " AS allowed FROM entry WHERE version > 0) AS entry"
)
CHECKS = (
    "SELECT tenant, contest_id, max((rules -> 'novelty' ->> 'own_checks')::int) AS allowed"
    " FROM rules GROUP BY tenant, contest_id"
)
USED = (
    "SELECT tenant, contest_id, day, count(*) AS people, count(*) FILTER (WHERE checks > :allowed)"
    " AS over, max(checks) AS most FROM own_check WHERE tenant = :tenant AND contest_id = :contest"
    " GROUP BY tenant, contest_id, day"
)


def quotas_kept(places: Places) -> Finding:
    """Look for whoever got more than any rules of the contest allowed."""
    found = Finding("uses of what is limited")
    for what, question in (("supplements", SUPPLEMENTS), ("authors", AUTHORS)):
        for row in places.rows("intake", question):
            found.looked_at += 1
            if row.allowed is not None and row.used > row.allowed:
                said = f"{row.tenant}: entry {row.entry_id} has {row.used} {what}"
                found.fault(f"{said}, {row.allowed} are allowed")
    for limit in list(places.rows("intake", CHECKS)):
        values = {"allowed": limit.allowed, "tenant": limit.tenant, "contest": limit.contest_id}
        for row in places.rows("originality", USED, **values):
            found.looked_at += row.people
            if row.over:
                said = f"{row.tenant}: on {row.day} {row.over} people made up to {row.most} checks"
                found.fault(f"{said} in {row.contest_id}, {limit.allowed} are allowed")
    return found
