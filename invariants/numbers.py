"""Numbers given out without gaps: of receipts, papers, certificates, minutes, documents."""

from collections.abc import Iterator
from datetime import date

from invariants.finding import Finding
from invariants.places import Places
from services.intake.domain.receipts import code

SERIES = (
    "SELECT receipt_sequence.tenant, receipt_sequence.unit_code, day, last,"
    " array(SELECT DISTINCT rules.rules -> 'receipt' ->> 'code_format' FROM rules"
    "  WHERE rules.tenant = receipt_sequence.tenant"
    "  AND rules.rules -> 'receipt' ->> 'unit_code' = receipt_sequence.unit_code) AS formats"
    " FROM receipt_sequence ORDER BY tenant, unit_code, day"
)
BOOKED = (
    "SELECT tenant, book, year, number, count(*) AS times FROM ("
    " SELECT tenant, paper ->> 'symbol' AS book, (paper ->> 'number')::int AS number,"
    "  substr(paper ->> 'dated', 1, 4)::int AS year FROM paper"
    "  WHERE paper ->> 'kind' <> 'CERTIFICATE'"
    ") AS papers GROUP BY tenant, book, year, number"
)
PAPERS = (
    "WITH given AS (SELECT tenant, book, year, n AS number, count(*) AS bodies FROM series,"
    "  generate_series(1, last) AS n WHERE book NOT IN ('BANG_KHEN', 'GIAY_KHEN')"
    "  GROUP BY tenant, book, year, n),"
    f" booked AS ({BOOKED})"
    " SELECT tenant, book, year, number, coalesce(given.bodies, 0) AS given,"
    " coalesce(booked.times, 0) AS there FROM given FULL JOIN booked"
    " USING (tenant, book, year, number)"
)
CERTIFICATES = (
    "SELECT tenant, year, given, there, doubled FROM"
    " (SELECT tenant, year, sum(last) AS given FROM series"
    "  WHERE book IN ('BANG_KHEN', 'GIAY_KHEN') GROUP BY tenant, year) AS series FULL JOIN"
    " (SELECT tenant, substr(paper ->> 'dated', 1, 4)::int AS year, count(*) AS there,"
    "  count(*) - count(DISTINCT (paper ->> 'authority', paper ->> 'register')) AS doubled"
    "  FROM paper WHERE paper ->> 'kind' = 'CERTIFICATE' GROUP BY 1, 2) AS papers"
    " USING (tenant, year)"
)
MINUTES = (
    "SELECT series.tenant, series.symbol AS book, series.year, n AS number, count(minutes.number)"
    " AS there FROM (SELECT tenant, symbol, year, max(last) AS last FROM minutes_series"
    "  GROUP BY tenant, symbol, year) AS series CROSS JOIN generate_series(1, series.last) AS n"
    " LEFT JOIN minutes ON minutes.tenant = series.tenant"
    " AND extract(year FROM dated) = series.year"
    " AND minutes.number = CASE WHEN n < 10 THEN '0' ELSE '' END || n || '/' || series.symbol"
    " GROUP BY series.tenant, series.symbol, series.year, n"
)
DOCUMENTS = (
    "SELECT tenant, notation AS book, year, series.last, there, first, newest, doubled FROM"
    " document_series AS series FULL JOIN (SELECT tenant, notation,"
    "  extract(year FROM dated)::int AS year, count(*) AS there, min(number) AS first,"
    "  max(number) AS newest, count(*) - count(DISTINCT number) AS doubled FROM document"
    "  GROUP BY 1, 2, 3) AS documents USING (tenant, notation, year)"
)


def numbers_gap_free(places: Places) -> Finding:
    """Look for numbers given out that nothing bears, and for numbers borne twice."""
    found = Finding("numbers")
    receipts(places, found)
    papers(places, found)
    minutes_and_documents(places, found)
    return found


def papers(places: Places, found: Finding) -> None:
    """Hold the numbers of decisions, certificates and other papers against their series."""
    for row in places.rows("awards", PAPERS):
        found.looked_at += 1
        if row.given != row.there:
            said = f"{row.tenant}: {row.there} papers of {row.year} bear {row.number}/{row.book}"
            found.fault(f"{said}, given out {row.given} times")
    for row in places.rows("awards", CERTIFICATES):
        found.looked_at += row.there or 0
        if row.given != row.there or row.doubled:
            said = f"{row.tenant}: of {row.given or 0} numbers of the golden books of {row.year}"
            found.fault(f"{said} {row.there or 0} are on certificates, {row.doubled or 0} twice")


def minutes_and_documents(places: Places, found: Finding) -> None:
    """Hold the numbers of minutes and of documents to units against their series."""
    for row in places.rows("review", MINUTES):
        found.looked_at += 1
        if not row.there:
            said = f"{row.tenant}: no minutes of {row.year} bear {row.number}/{row.book}"
            found.fault(f"{said}, which was given out")
    for row in places.rows("notify", DOCUMENTS):
        found.looked_at += row.there or 0
        whole = row.there and row.newest - row.first + 1 == row.there and row.newest == row.last
        if not whole or row.doubled:
            said = f"{row.tenant}: documents {row.book} of {row.year} up to {row.last}"
            found.fault(f"{said} are {row.there or 0}, from {row.first} to {row.newest}")


def receipts(places: Places, found: Finding) -> None:
    """Look for every receipt number up to the last of its day."""
    for row in list(places.rows("intake", SERIES)):
        wanted = list(codes(row.unit_code, row.day, row.last, row.formats))
        there = {
            each.receipt_code
            for each in places.rows(
                "intake",
                "SELECT receipt_code FROM entry WHERE tenant = :tenant"
                " AND receipt_code = ANY(:codes)",
                tenant=row.tenant,
                codes=[one for alike in wanted for one in alike],
            )
        }
        found.looked_at += row.last
        for number, alike in enumerate(wanted, 1):
            if there.isdisjoint(alike):
                found.fault(f"{row.tenant}: no entry bears {' or '.join(alike) or number}")


def codes(unit: str, day: date, last: int, formats: list[str]) -> Iterator[list[str]]:
    """Yield, for each number, the codes it would be written as."""
    for number in range(1, last + 1):
        yield [code(one, unit, day, number) for one in formats]
