"""Looks through every table of a service for words that should be gone."""

from sqlalchemy import text

from kernel.testing import Bench

TABLES = text(
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
)


def traces(bench: Bench, *words: str) -> set[tuple[str, str]]:
    """Return which of the words stand in which table, as text or within bytes."""
    found = set()
    for table in bench.rows(TABLES):
        for word in words:
            either = f"t::text LIKE '%{word}%' OR t::text LIKE '%{word.encode().hex()}%'"
            query = f'SELECT 1 FROM "{table}" AS t WHERE {either} LIMIT 1'  # noqa: S608
            if bench.rows(text(query)):
                found.add((table, word))
    return found
