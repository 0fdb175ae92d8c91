"""`sangkien-recount`: count a contest again from its kit, trusting nobody.

    sangkien-recount verify KIT [--head FILE]... [--key KID:X]... [--receipt FILE]... [--lag HOURS]
    sangkien-recount compare KIT KIT
    sangkien-recount prove PROOF --key KID:X

Exit status: 0 all follows, 1 something does not, 2 wrong usage.
"""

import argparse
import json
import sys
from argparse import Namespace
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

from recount.checks import Steps, verify
from recount.kit import (
    DoesNotFollow,
    Json,
    Kit,
    canonical,
    check_head,
    is_signed,
    leaf_hash,
    need,
    root_over,
    unpadded,
    when,
)


def main(words: list[str] | None = None) -> int:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("sangkien-recount", description=__doc__, formatter_class=raw)
    parser.add_argument("way", choices=WAYS)
    parser.add_argument("files", nargs="+", help="one kit or proof; two kits to compare")
    for name, what in OPTIONS.items():
        parser.add_argument(f"--{name}", action="append", default=[], help=what)
    parser.add_argument("--receipt-key", help="file with the keys of receipts (JWK set)")
    lag = "hours within which things are recorded"
    parser.add_argument("--lag", type=float, default=24, help=lag)
    asked = parser.parse_intermixed_args(words)
    if len(asked.files) != (2 if asked.way == "compare" else 1):
        parser.error(f"{asked.way}: {len(asked.files)} files are not as many as it takes")
    try:
        for step, found in WAYS[asked.way](asked):
            print(f"ok    {step:12} {found}")  # noqa: T201  # this is what it is for
    except DoesNotFollow as wrong:
        print(f"WRONG {wrong.step:12} {wrong.what}")  # noqa: T201
        return 1
    return 0


def run_verify(asked: Namespace) -> Steps:
    kit = Kit(asked.files[0])
    kit.keys = keys_of(asked.key) or kit.keys
    receipts = [claims_of(Path(name).read_text(), asked.receipt_key) for name in asked.receipt]
    heads = [head for name in asked.head for head in heads_in(read(name))]
    heads += [head_of(one["head"]) for one in receipts if one.get("head")]
    outside = [head for head in heads if head["contest_id"] == kit.contest]
    yield from verify(kit, outside, timedelta(hours=asked.lag))
    for claims in receipts:
        yield "receipt", check_receipt(kit, claims)


def run_compare(asked: Namespace) -> Steps:
    """The shorter of two histories must be the beginning of the longer."""
    short, long = sorted(map(Kit, asked.files), key=lambda kit: kit.size)
    is_one = (short.tenant, short.contest) == (long.tenant, long.contest)
    need("compare", is_one, "the kits are of two contests")
    for kit in (short, long):
        for head in kit.rows("heads.jsonl"):
            check_head(head, keys_of(asked.key) or long.keys)
    for (event, one, _), (_, other, _) in zip(short.events(), long.events(), strict=False):
        what = f"two histories part at event {event['event']} ({event['type']})"
        need("compare", one == other, what)
    yield "compare", f"{short.size} events are the beginning of {long.size}"


def run_prove(asked: Namespace) -> Steps:
    proof = read(asked.files[0])
    head, id_, number = head_of(proof["head"]), proof["event_id"], proof["number"]
    check_head(head, keys_of(asked.key))
    leaf = leaf_hash(canonical([id_, proof["type"], proof["occurred_at"], proof["members"]]))
    root = root_over(leaf, number, head["size"], [bytes.fromhex(one) for one in proof["path"]])
    is_under = root == bytes.fromhex(head["root"])
    need("proof", is_under, f"{id_} is not under the head of {head['size']}")
    yield "proof", f"{proof['type']} {id_} is event {number} of {head['size']}"


WAYS = {"verify": run_verify, "compare": run_compare, "prove": run_prove}
OPTIONS = {
    "key": "KID:X, trusted alone",
    "head": "file with heads from elsewhere",
    "receipt": "file with a receipt's signature",
}


def check_receipt(kit: Kit, claims: Json) -> str:
    """A receipt is of something the chain knows, word for word."""
    code, names = claims["code"], ("entry_id", "version", "receipt_code")
    wanted = [claims[name] for name in ("entry_id", "version", "code", "counted_at")]
    is_ours = (claims["tenant"], claims["contest_id"]) == (kit.tenant, kit.contest)
    need("receipt", is_ours, f"{code} is of another contest")
    for event, _, _ in kit.events():
        is_entry = event["type"] == "intake.EntrySubmitted"
        counted = is_entry and (event.get("counted_at") or event["received_at"])
        if is_entry and [*(event[name] for name in names), counted] == wanted:
            return f"{code} is event {event['event']}"
    raise DoesNotFollow("receipt", f"{code} was never handed in like this")


def claims_of(signed: str, keys: str | None) -> Json:
    """What a receipt's JSON Web Signature says; the key must be one of the file's."""
    try:
        head, body, signature = signed.strip().split(".")
        known = {one["kid"]: one["x"] for one in (read(keys) if keys else ())}
        key = known[json.loads(unpadded(head))["kid"]]
        claims = dict(json.loads(unpadded(body)))
    except (ValueError, KeyError) as error:
        raise DoesNotFollow("receipt", f"the signature cannot be read ({error!r})") from None
    is_ours = is_signed(f"{head}.{body}".encode(), signature, key)
    need("receipt", is_ours, "the signature does not hold")
    return claims


def heads_in(found: Any) -> list[Json]:
    """Heads as the platform answers them, as a webhook pushes one, as a list, or one alone."""
    said = found.get("data", found) if isinstance(found, dict) else found
    heads = said.get("heads", [said]) if isinstance(said, dict) else said
    return [head_of(one) for one in heads]


def head_of(said: Json) -> Json:
    at = when(said["at"]).astimezone(UTC).isoformat(timespec="microseconds")
    return {**said, "at": at}


def keys_of(words: list[str]) -> dict[str, str]:
    return dict(word.split(":", 1) for word in words)


def read(name: str) -> Any:
    try:
        return json.loads(Path(name).read_text())
    except (OSError, ValueError) as error:
        raise DoesNotFollow("file", f"{name} cannot be read: {error}") from None


if __name__ == "__main__":
    sys.exit(main())
