"""What PostgreSQL's own means, and libraries for near-duplicates, do with the same texts.

`pg_trgm` and GIN are part of the server. The libraries are measured where they can be imported:

    pip install --target .local/peers -r benchmarks/originality/requirements-peers.txt
    PYTHONPATH=.local/peers python -m benchmarks.originality.scale
"""

import time
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import numpy as np
from sqlalchemy import Connection, create_engine, text

from benchmarks.measuring import Timed
from benchmarks.originality.corpus import Prints, prepare
from services.originality.store.postings import Channel

WORDS = 100  # of a passage that is looked up
SLOWEST = 20.0  # seconds after which a peer's further queries are left out


def trust(url: str) -> None:
    """Let the database compare trigrams."""
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
    admin.dispose()


def measure(
    url: str, texts: list[str], prints: dict[Channel, Prints], long_texts: list[str]
) -> dict[str, Any]:
    """Return the figures of each peer over these articles; prints are those of the same ones."""
    database = create_engine(url, isolation_level="AUTOCOMMIT")
    with database.connect() as connection:
        rows = {
            "peer pg_trgm": trigrams(connection, texts, long_texts),
            "peer GIN": inverted(
                connection, list(prints[Channel.FINGERPRINT])[: len(texts)], long_texts
            ),
        }
    database.dispose()
    for name, peer in (("rensa", rensa), ("datasketch", datasketch), ("tantivy", tantivy)):
        if find_spec(name):
            rows[f"peer {name}"] = peer(texts, long_texts)
    return rows


def asked(count: Callable[[str], object], queries: list[str]) -> Timed:
    """Ask each query once, as long as there is time."""
    spent, began = Timed(), time.perf_counter()
    for query in queries:
        before = time.perf_counter()
        count(query)
        spent.each.append(time.perf_counter() - before)
        if time.perf_counter() - began > SLOWEST:
            break
    spent.total = sum(spent.each)
    return spent


def figures(spent: Timed, building: float, texts: list[str], size: int) -> dict[str, float]:
    """Return what is told of a peer."""
    return spent.figures() | {
        "texts_per_second": round(len(texts) / building, 1),
        "bytes_a_text": round(size / len(texts)),
    }


def trigrams(connection: Connection, texts: list[str], long_texts: list[str]) -> dict[str, float]:
    """Find articles that hold something like a passage, by pg_trgm."""
    connection.execute(text("CREATE TABLE peer_text (id serial, body text)"))
    began = time.perf_counter()
    connection.execute(
        text("INSERT INTO peer_text (body) VALUES (:body)"), [{"body": each} for each in texts]
    )
    connection.execute(text("CREATE INDEX ON peer_text USING gin (body public.gin_trgm_ops)"))
    building = time.perf_counter() - began
    passages = [" ".join(each.split()[200 : 200 + WORDS]) for each in long_texts]
    query = text("SELECT id FROM peer_text WHERE :passage <% body LIMIT 20")
    spent = asked(lambda passage: connection.execute(query, {"passage": passage}).all(), passages)
    size = connection.scalar(text("SELECT pg_indexes_size('peer_text')"))
    return figures(spent, building, texts, size)


def inverted(
    connection: Connection, prints: list[np.ndarray], long_texts: list[str]
) -> dict[str, float]:
    """Find articles that share fingerprints, by GIN over arrays of them."""
    connection.execute(text("CREATE TABLE peer_array (id serial, prints bigint[])"))
    began = time.perf_counter()
    connection.execute(
        text("INSERT INTO peer_array (prints) VALUES (:prints)"),
        [{"prints": each.tolist()} for each in prints],
    )
    connection.execute(text("CREATE INDEX ON peer_array USING gin (prints)"))
    building = time.perf_counter() - began
    wanted = {one: list(one_ready.fingerprints) for one, one_ready in ready(long_texts)}
    query = text(
        "SELECT id FROM peer_array WHERE prints && cast(:asked AS bigint[]) ORDER BY cardinality("
        "ARRAY(SELECT unnest(prints) INTERSECT SELECT unnest(cast(:asked AS bigint[])))) DESC"
        " LIMIT 20"
    )
    spent = asked(lambda one: connection.execute(query, {"asked": wanted[one]}).all(), long_texts)
    size = connection.scalar(text("SELECT pg_indexes_size('peer_array')"))
    return figures(spent, building, prints, size)


def ready(texts: list[str]) -> Any:  # noqa: ANN401
    """Return texts beside what the engine finds them by."""
    return zip(texts, prepare(texts), strict=True)


def shingles(body: str) -> list[str]:
    """Return the five-word shingles of a text."""
    words = body.lower().split()
    return [" ".join(words[at : at + 5]) for at in range(max(1, len(words) - 4))]


def rensa(texts: list[str], long_texts: list[str]) -> dict[str, float]:
    """Find near-duplicates by MinHash LSH in Rust."""
    from rensa import RMinHash, RMinHashLSH  # noqa: PLC0415

    def sketch(body: str) -> object:
        made = RMinHash(num_perm=128, seed=1)
        made.update(shingles(body))
        return made

    began = time.perf_counter()
    lsh = RMinHashLSH(threshold=0.2, num_perm=128, num_bands=32)
    for number, body in enumerate(texts):
        lsh.insert(number, sketch(body))
    building = time.perf_counter() - began
    return figures(asked(lambda one: lsh.query(sketch(one)), long_texts), building, texts, 0)


def datasketch(texts: list[str], long_texts: list[str]) -> dict[str, float]:
    """Find near-duplicates by MinHash LSH in Python."""
    from datasketch import MinHash, MinHashLSH  # noqa: PLC0415

    def sketch(body: str) -> Any:  # noqa: ANN401
        made = MinHash(num_perm=128, seed=1)
        made.update_batch([each.encode() for each in shingles(body)])
        return made

    began = time.perf_counter()
    lsh = MinHashLSH(num_perm=128, params=(32, 4))
    for number, body in enumerate(texts):
        lsh.insert(number, sketch(body))
    building = time.perf_counter() - began
    return figures(asked(lambda one: lsh.query(sketch(one)), long_texts), building, texts, 0)


def tantivy(texts: list[str], long_texts: list[str]) -> dict[str, float]:
    """Find articles by BM25 over their words."""
    import tantivy as engine  # noqa: PLC0415

    builder = engine.SchemaBuilder()
    builder.add_text_field("body", stored=False)
    index = engine.Index(builder.build())
    began = time.perf_counter()
    writer = index.writer(num_threads=1)
    for body in texts:
        writer.add_document(engine.Document(body=[body]))
    writer.commit()
    building = time.perf_counter() - began
    index.reload()
    searcher = index.searcher()

    def look(one: str) -> object:
        words = " ".join(set(one.lower().replace("'", " ").split()))
        plain = "".join(letter if letter.isalnum() else " " for letter in words)
        return searcher.search(index.parse_query(plain, ["body"]), 20)

    return figures(asked(look, long_texts), building, texts, 0)
