"""The ledger: every event on its chain, the chains unbroken, the heads signed."""

from base64 import urlsafe_b64decode
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Row
from sqlalchemy.orm import Session

from invariants.finding import Finding
from invariants.places import Places
from services.ledger import store
from services.ledger.domain import Broken, TreeHead, head_bytes, verify
from services.ledger.domain.leaves import instant

RECORDED = (
    "SELECT heard.tenant, heard.message_id, heard.type, line.event_id FROM"
    " (SELECT tenant, message_id, type FROM inbox WHERE handler = 'record' AND state = 'done'"
    "  AND type NOT LIKE 'ledger.%') AS heard"
    " FULL JOIN line ON line.tenant = heard.tenant AND line.event_id = heard.message_id"
    " WHERE line.event_id IS NULL OR heard.message_id IS NULL"
)
HEADS = (
    "SELECT head.tenant, head.contest_id, head.size, head.at, head.root, head.milestone,"
    " head.kid, head.signature, key.x FROM tree_head AS head LEFT JOIN head_key AS key"
    " ON key.tenant = head.tenant AND key.kid = head.kid"
)
TREES = (
    "SELECT tree.tenant, tree.contest_id, tree.size, tree.signed, newest.root FROM tree"
    " LEFT JOIN LATERAL (SELECT root FROM tree_head WHERE tenant = tree.tenant"
    "  AND contest_id = tree.contest_id AND size = tree.size ORDER BY at DESC LIMIT 1)"
    " AS newest ON true WHERE tree.size > 0 ORDER BY tree.tenant, tree.contest_id"
)
BEHIND = (
    "SELECT head.tenant, head.length, coalesce(tree.reached, 0) AS reached,"
    " (SELECT min(occurred_at) FROM line WHERE tenant = head.tenant"
    "  AND sequence = coalesce(tree.reached, 0) + 1) AS since FROM head LEFT JOIN tree"
    " ON tree.tenant = head.tenant AND tree.contest_id = ''"
    " WHERE head.length > coalesce(tree.reached, 0)"
)


def events_recorded(places: Places) -> Finding:
    """Hold what the ledger heard against what is on its chains."""
    found = Finding("links of the ledger", places.one("ledger", "SELECT count(*) FROM line"))
    for row in places.rows("ledger", RECORDED):
        if row.event_id is None:
            found.fault(f"the ledger heard {row.type} {row.message_id} and has no link of it")
        else:
            found.fault(f"the ledger has a link of {row.event_id}, which it has not heard")
    return found


def chains_unbroken(places: Places) -> Finding:
    """Compute every chain again from its first link."""
    found = Finding("links of chains")
    tenants = "SELECT tenant FROM head UNION SELECT tenant FROM line ORDER BY tenant"
    session = Session(places.databases["ledger"])
    for row in list(places.rows("ledger", tenants)):
        store.show(session, row.tenant)
        head = store.load_head(session, row.tenant)
        verdict = verify(row.tenant, store.read_lines(session, up_to=head.length), head)
        found.looked_at += head.length
        if isinstance(verdict, Broken):
            said = f"the chain of {row.tenant} is broken at link {verdict.at}: {verdict.why.value}"
            found.fault(said)
    store.show(session, "*")
    return found


def heads_signed(places: Places) -> Finding:
    """Verify every signature, and the newest roots; say what no head covers yet."""
    found = Finding("signed heads")
    for row in places.rows("ledger", HEADS):
        found.looked_at += 1
        if not is_signed(row):
            said = (
                f"the head of {named(row)} at {row.size} leaves does not bear its key's signature"
            )
            found.fault(said)
    compare_roots(places, found)
    for row in places.rows("ledger", BEHIND):
        said = f"{row.length - row.reached} links of {row.tenant} are in no tree"
        if row.since is not None and row.since < places.terms.before():
            found.fault(f"{said}, the first of {row.since:%F %T}")
        else:
            found.notes.append(f"{said} yet")
    return found


def compare_roots(places: Places, found: Finding) -> None:
    """Hold each tree's root against the newest head over all of it."""
    session = Session(places.databases["ledger"])
    for row in list(places.rows("ledger", TREES)):
        if row.signed != row.size:
            found.notes.append(
                f"{row.size - row.signed} leaves of {named(row)} are under no head yet"
            )
            continue
        store.show(session, row.tenant)
        root = store.load_edge(session, row.contest_id, row.size).root().hex()
        if root != row.root:
            found.fault(f"the tree of {named(row)} has another root than its head at {row.size}")
    store.show(session, "*")


def named(row: Row[Any]) -> str:
    """Name a tree."""
    return f"{row.tenant}/{row.contest_id or '(no contest)'}"


def is_signed(row: Row[Any]) -> bool:
    """Tell whether the signature under a head is its key's."""
    head = TreeHead(row.tenant, row.contest_id, row.size, row.root, instant(row.at), row.milestone)
    try:
        key = Ed25519PublicKey.from_public_bytes(decoded(row.x or ""))
        key.verify(decoded(row.signature), head_bytes(head))
    except (InvalidSignature, ValueError):
        return False
    return True


def decoded(written: str) -> bytes:
    """Read URL-safe Base64 without padding."""
    return urlsafe_b64decode(written + "=" * (-len(written) % 4))
