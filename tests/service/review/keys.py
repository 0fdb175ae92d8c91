"""Keys as officers and judges have them on their own machines, for tests of review."""

from datetime import datetime
from functools import cache

import msgspec

from contracts import review
from kernel.testing import Bench, actor
from services.review.sealing import boxes
from tests.unit.review.builders import DAY_AFTER


@cache
def pair_of(_person_id: str) -> boxes.Pair:
    """Return somebody's key: the same in every test of a session."""
    return boxes.Pair.fresh()


def register(bench: Bench, person_id: str, pair: boxes.Pair | None = None) -> None:
    """Register somebody's key and show that they hold it, as `sangkien seal` does."""
    pair = pair or pair_of(person_id)
    me = actor("secretary", id=person_id)
    asked = review.RegisterKey(public_key=boxes.written(pair.public))
    challenge = bench.ask(asked, actor=me, reply=review.KeyChallenge)
    word = boxes.Opener(pair.private).open(boxes.decoded(challenge.sealed)).decode()
    bench.ask(review.ConfirmKey(answer=word), actor=me)


def shares_of(bench: Bench, person_id: str, round_id: str, pair: boxes.Pair | None = None) -> str:
    """Open a holder's shares of a round key and seal them to the service."""
    asked = review.ShowKeyShares(contest_id="HG-2022", round_id=round_id)
    shown = bench.ask(asked, actor=actor(id=person_id), reply=review.KeyShares)
    opener = boxes.Opener((pair or pair_of(person_id)).private)
    pack = opener.open(boxes.decoded(shown.sealed))
    return boxes.encoded(boxes.seal(boxes.read(shown.service_key), pack))


def give(
    bench: Bench, person_id: str, round_id: str = "SO_KHAO", now: datetime = DAY_AFTER, **said: str
) -> review.KeysGiven:
    """Give a holder's key for a round."""
    said = {"shares": shares_of(bench, person_id, round_id)} | said
    asked = review.GiveKey(contest_id="HG-2022", round_id=round_id, **said)
    me = actor("secretary", id=person_id)
    return bench.ask(asked, actor=me, now=now, reply=review.KeysGiven)


def sheet(bench: Bench, judge_id: str, text: review.SheetText) -> dict[str, str]:
    """Seal a sheet as the door does: to the service, with the judge's own key beside it."""
    sealing = bench.ask(review.ShowSealing(), reply=review.Sealing)
    sealed = boxes.seal(boxes.read(sealing.service_key), msgspec.json.encode(text))
    own_key = boxes.written(pair_of(judge_id).public)
    return {"sheet": boxes.encoded(sealed), "own_key": own_key}


def read(line: review.Assignment, judge_id: str) -> review.Assignment:
    """Open a judge's own copy, as the door does for their sign-in."""
    if not line.sealed_sheet:
        return line
    copy = boxes.Opener(pair_of(judge_id).private).open(boxes.decoded(line.sealed_sheet))
    text = msgspec.json.decode(copy, type=review.SheetText)
    shown = {"marks": text.marks, "comments": text.comments, "comment": text.comment}
    return msgspec.structs.replace(line, sealed_sheet="", **shown)
