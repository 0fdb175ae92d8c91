"""`sangkien-recount`: count a contest again from its kit, trusting nobody.

    sangkien-recount verify KIT [--head FILE]... [--key KID:X]... [--receipt FILE]... [--lag HOURS]
    sangkien-recount compare KIT KIT
    sangkien-recount prove PROOF --key KID:X

Exit status: 0 all follows, 1 something does not, 2 wrong usage.
"""

import json
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from datetime import timedelta
from pathlib import Path
from typing import Any

from recount.checks import Steps, verify
from recount.kit import DoesNotFollow, Json, Kit, check_head, check_path, is_signed, need, unpadded


def main(words: list[str] | None = None) -> int:
    parser = ArgumentParser(PROGRAM, None, __doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("way", choices=WAYS)
    parser.add_argument("files", nargs="+", help="one kit or proof; two kits to compare")
    many: Json = {"action": "append", "default": []}
    parser.add_argument("--key", help="KID:X, trusted alone", **many)
    parser.add_argument("--head", help="file with heads from elsewhere", **many)
    parser.add_argument("--receipt", help="file with a receipt's signature", **many)
    parser.add_argument("--receipt-key", help="file with the keys of receipts (JWK set)")
    parser.add_argument("--lag", type=float, default=24, help="hours until things are recorded")
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
    heads += [one["head"] for one in receipts if one.get("head")]
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
        need("compare", one == other, f"two histories part at event {event['event']}")
    yield "compare", f"{short.size} events are the beginning of {long.size}"


def run_prove(asked: Namespace) -> Steps:
    proof = read(asked.files[0])
    check_head(proof["head"], keys_of(asked.key))
    check_path(proof)
    yield "proof", f"{proof['event_id']} is event {proof['number']} of {proof['head']['size']}"


WAYS = {"verify": run_verify, "compare": run_compare, "prove": run_prove}
PROGRAM = "sangkien-recount"
TOLD = "entry_id", "version", "code", "counted_at"  # on a receipt


def check_receipt(kit: Kit, claims: Json) -> str:
    """A receipt is of something the chain knows, word for word."""
    is_ours = (claims["tenant"], claims["contest_id"]) == (kit.tenant, kit.contest)
    need("receipt", is_ours, f"{claims['code']} is of another contest")
    for event, _, _ in kit.events():
        counted = event.get("counted_at") or event.get("received_at")
        said = {**event, "code": event.get("receipt_code"), "counted_at": counted}
        if said["type"] == "intake.EntrySubmitted" and all(
            said[one] == claims[one] for one in TOLD
        ):
            return f"{said['code']} is event {said['event']}"
    raise DoesNotFollow("receipt", f"{claims['code']} was never handed in like this")


def claims_of(signed: str, keys: str | None) -> Json:
    """What a receipt's JSON Web Signature says; the key must be one of the file's."""
    try:
        head, body, signature = signed.strip().split(".")
        known = {one["kid"]: one["x"] for one in (listed(read(keys), "keys") if keys else ())}
        key = known[json.loads(unpadded(head))["kid"]]
        claims = dict(json.loads(unpadded(body)))
    except (ValueError, KeyError) as error:
        raise DoesNotFollow("receipt", f"the signature cannot be read ({error!r})") from None
    need("receipt", is_signed(f"{head}.{body}".encode(), signature, key), "a forged signature")
    return claims


def heads_in(found: Any) -> list[Json]:
    """Heads as the platform answers them, as a webhook pushes one, as a list, or one alone."""
    said = listed(listed(found, "data"), "heads")
    return [said] if isinstance(said, dict) else said


def listed(found: Any, name: str) -> Any:
    """What the platform answers under a name, or what was taken out of there before."""
    return found.get(name, found) if isinstance(found, dict) else found


def keys_of(words: list[str]) -> dict[str, str]:
    return dict(word.split(":", 1) for word in words)


def read(name: str) -> Any:
    try:
        return json.loads(Path(name).read_text())
    except (OSError, ValueError) as error:
        raise DoesNotFollow("file", f"{name} cannot be read: {error}") from None


if __name__ == "__main__":
    sys.exit(main())
