"""Ways in for those who hold keys: register one, give it for a round."""

import secrets
from collections.abc import Iterator
from hashlib import sha256

from contracts import review
from contracts.rules import Round
from kernel.database import Work
from kernel.errors import Refused, require
from kernel.messaging import command, query
from kernel.settings import Settings
from services.review import store
from services.review.domain.jury import Seat
from services.review.domain.officers import check_registering
from services.review.domain.rounds import State
from services.review.domain.sealed import NotAHolder
from services.review.sealing import boxes, sharing
from services.review.service.field import check_nobody_forgotten
from services.review.service.minuting import cite
from services.review.service.opening import check_all_given, open_sheets
from services.review.settings import ReviewSettings

MAY_HOLD = ("chair", "secretary", "organiser", "head", "operator")


class WrongKey(Refused):
    """This is not your share of this round's key: it was made for another round or key."""


class WrongAnswer(Refused):
    """This is not the answer to the challenge; register the key again."""


class SheetsAlreadyOpen(Refused):
    """The sheets of this round are opened already."""


class Keys:
    """Registers public keys, and opens the sheets of a round when two holders ask for it."""

    settings = Settings(ReviewSettings)

    @command
    def register_key(self, asked: review.RegisterKey, work: Work) -> review.KeyChallenge:
        """Keep the caller's public key, and ask them to show that they hold the private one."""
        key = boxes.read(asked.public_key)
        check_registering(work.actor.id, still_to_open(work))
        word = secrets.token_urlsafe(24)
        store.register_key(work, work.actor.id, boxes.written(key), digest_of(word))
        return review.KeyChallenge(sealed=boxes.encoded(boxes.seal(key, word.encode())))

    @command
    def confirm_key(self, asked: review.ConfirmKey, work: Work) -> None:
        """Rely on a key from now on; rounds that are sealed already keep the one they have."""
        if store.challenge_of(work.session, work.actor.id) != digest_of(asked.answer.strip()):
            raise WrongAnswer
        store.confirm_key(work.session, work.actor.id, work.now)

    @query
    def list_key_holders(
        self, _asked: review.ListKeyHolders, work: Work
    ) -> tuple[review.KeyHolder, ...]:
        """Say who has a key that a round may be sealed for."""
        require(work.actor, *MAY_HOLD)
        return tuple(
            review.KeyHolder(
                person_id=row.person_id,
                public_key=row.public_key,
                registered_at=row.registered_at,
                confirmed=row.confirmed_at is not None,
            )
            for row in store.load_holders(work.session)
        )

    @query
    def show_sealing(self, _asked: review.ShowSealing, _work: Work) -> review.Sealing:
        """Say what sheets and keys on their way here are sealed to."""
        return review.Sealing(service_key=boxes.written(self.settings.keys.public))

    @query
    def show_key_shares(self, asked: review.ShowKeyShares, work: Work) -> review.KeyShares:
        """Show a holder their own part of a round's key, which they alone can read."""
        _, held = store.load_keys(work.session, (asked.contest_id, asked.round_id))
        if work.actor.id not in held:
            raise NotAHolder
        own = held[work.actor.id]
        return review.KeyShares(
            sealed=boxes.encoded(own.shares),
            public_key=own.public_key,
            service_key=boxes.written(self.settings.keys.public),
        )

    @command
    def give_key(self, asked: review.GiveKey, work: Work) -> review.KeysGiven:
        """Take a holder's key once every sheet is in; the second key opens the sheets."""
        contest = store.load_contest(work.session, asked.contest_id, lock=True)
        played = store.hold_open(work.session, asked.contest_id, asked.round_id, alone=True)
        named = (asked.contest_id, asked.round_id)
        keys, held = store.load_keys(work.session, named)
        me = work.actor.id
        keys = keys.give(me, asked.lost, asked.minutes, asked.reason)
        if played.state is not State.OPEN:
            raise SheetsAlreadyOpen
        check_nobody_forgotten(work, contest, asked.round_id)
        check_all_given(work, played)
        shares = self.shares(asked.shares, held[me])
        if asked.lost:
            cite(work, "lost_key", played, asked.minutes)
        store.give_key(work, asked, me)
        work.announce(
            review.KeyGiven(
                contest_id=asked.contest_id,
                round_id=asked.round_id,
                holder_id=me,
                holders=keys.holders,
                lost=asked.lost,
                minutes=asked.minutes,
                reason=asked.reason,
            )
        )
        if keys.suffice:
            (other,) = set(keys.givers) - {me}
            others = self.shares(held[other].given or "", held[other])
            open_sheets(work, played, keys, sharing.join((me, shares), (other, others)))
        return review.KeysGiven(holders=keys.givers, opened=keys.suffice)

    def shares(self, given: str, held: store.HeldKey) -> dict[str, bytes]:
        """Read what a holder has given; raises `WrongKey` unless it is their part of this key."""
        try:
            pack = self.settings.keys.open(given)
        except boxes.CannotOpen as problem:
            raise WrongKey from problem
        if sharing.digest(pack) != held.digest:
            raise WrongKey
        return sharing.unpacked(pack)


def still_to_open(work: Work) -> Iterator[tuple[Round, tuple[Seat, ...]]]:
    """Return the rounds of all contests that a new key may still be used for, with the juries."""
    for contest in store.load_contests(work.session):
        progress = store.load_progress(work.session, contest.contest_id)
        seats = store.load_jury(work.session, contest.contest_id)
        whole = tuple(seat for seat in seats if seat.panel_id is None) or seats
        yield from ((one, whole) for one in contest.rules.rounds if one.id not in progress)


def digest_of(word: str) -> str:
    """Return what is kept of a challenge's word."""
    return sha256(word.encode()).hexdigest()
