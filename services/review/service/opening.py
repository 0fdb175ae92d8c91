"""How a round is sealed, and what follows when two keys open it."""

from contracts import review
from contracts.rules import Round
from kernel.database import Work
from kernel.errors import Refused
from services.review import store
from services.review.domain import rounds
from services.review.domain.jury import Role
from services.review.domain.officers import officers_of, recovery_of
from services.review.domain.sealed import Keys, name_holders
from services.review.domain.sheets import weighed
from services.review.sealing import boxes, sharing
from services.review.sealing.sheets import Key, Opened, open_sheet
from services.review.service.calling import follow
from services.review.service.field import judged, still_in


class SheetsChanged(Refused):
    """Sheets are not as they were given; nothing is opened. Restore them from a backup."""


def holders_of(work: Work, rules: Round, asked: review.OpenRound) -> Keys:
    """Choose who holds the keys of a round that is about to open, as its rules say."""
    seats = store.load_jury(work.session, asked.contest_id)
    whole = [seat for seat in seats if seat.panel_id is None] or seats
    by_role = {
        role: dict.fromkeys(seat.person_id for seat in whole if seat.role is role) for role in Role
    }
    return name_holders(
        named=officers_of(rules, whole, asked.officers),
        usual=(*by_role[Role.CHAIR], *by_role[Role.SECRETARY]),
        recovery=recovery_of(rules, asked.recovery),
        confirmed={row.person_id for row in store.load_holders(work.session) if row.confirmed_at},
        judges={seat.person_id for seat in seats if seat.marks},
    )


def seal_round(work: Work, rules: Round, asked: review.OpenRound) -> str:
    """Make a round's key and share it out; nobody has the private half from here on."""
    keys = holders_of(work, rules, asked)
    public_keys = {row.person_id: row.public_key for row in store.load_holders(work.session)}
    pair = boxes.Pair.fresh()
    held = {}
    for holder, shares in sharing.split(pair.private, keys.holders).items():
        pack = sharing.packed(shares)
        sealed = boxes.seal(boxes.read(public_keys[holder]), pack)
        held[holder] = store.HeldKey(holder, public_keys[holder], sealed, sharing.digest(pack))
    store.save_keys(work.session, (asked.contest_id, asked.round_id), keys, held)
    public_key = boxes.written(pair.public)
    work.announce(
        review.RoundSealed(
            contest_id=asked.contest_id,
            round_id=asked.round_id,
            public_key=public_key,
            officers=keys.officers,
            recovery=keys.recovery,
        )
    )
    return public_key


def check_all_given(work: Work, played: store.RoundInPlay) -> None:
    """Raise while a sheet is still to come: marks may not be read beside judges still marking."""
    panels = store.load_sealed_panels(work.session, played)
    vacant = store.count_vacancies(work.session, played)
    rounds.check_complete(
        {
            code: len(panels[entry].awaited()) + vacant[entry]
            for entry, code in judged(work, played).items()
        }
    )


def open_sheets(work: Work, played: store.RoundInPlay, keys: Keys, private: bytes) -> None:
    """Open every sheet, say what is in it, and weigh every panel."""
    sheets = store.load_sealed(work.session, played)
    opened = unsealed(work, played, sheets, private)
    for sheet, one in zip(sheets, opened, strict=True):
        work.announce(in_words(played, sheet, one))
    store.save_opened(work.session, played, sheets, opened)
    store.open_sheets(work.session, played, work.now)
    work.announce(
        review.SheetsOpened(
            contest_id=played.contest_id,
            round_id=played.round_id,
            holders=keys.givers,
            sheets=len(sheets),
        )
    )
    weigh_all(work, played)


def unsealed(
    work: Work, played: store.RoundInPlay, sheets: list[store.SealedSheet], private: bytes
) -> list[Opened]:
    """Open sheets and compare them with their digests; raises `SheetsChanged`, naming codes."""
    opener = boxes.Opener(private)
    opened, changed = [], set()
    for sheet in sheets:
        try:
            one = open_sheet(key_of(played, sheet), sheet.sealed or b"", opener)
        except boxes.CannotOpen:
            changed.add(sheet.entry_id)
            continue
        if one.digest != sheet.digest:
            changed.add(sheet.entry_id)
        opened.append(one)
    if changed or boxes.Pair.of(private).public != boxes.read(played.public_key or ""):
        entries = store.load_entries(work.session, played.contest_id, changed)
        raise SheetsChanged(
            "Sheets of these entries are not as they were given, so nothing is opened: {codes}."
            " Restore them from a backup.",
            codes=", ".join(sorted(entry.code or "" for entry in entries)),
        )
    return opened


def weigh_all(work: Work, played: store.RoundInPlay) -> None:
    """Say of every entry that it is scored, or who has to look again."""
    panels = store.load_panels(work.session, played)
    for entry in still_in(work, played):
        panel, verdict = panels[entry.entry_id].weigh()
        follow(work, played, entry, panel, verdict)


def key_of(played: store.RoundInPlay, sheet: store.SealedSheet) -> Key:
    """Say which sheet this is."""
    return Key(played.contest_id, played.round_id, sheet.entry_id, sheet.judge_id, sheet.version)


def in_words(
    played: store.RoundInPlay, sheet: store.SealedSheet, opened: Opened
) -> review.MarksGiven:
    """Say an opened sheet in the words of the contract."""
    return review.MarksGiven(
        contest_id=played.contest_id,
        round_id=played.round_id,
        entry_id=sheet.entry_id,
        judge_id=sheet.judge_id,
        version=sheet.version,
        marks=opened.text.marks,
        total=weighed(played.rules.rubric, opened.text.marks),
        given_at=sheet.given_at,
        digest=opened.digest,
        nonce=opened.nonce,
        words=opened.words,
        reason=sheet.reason,
    )
