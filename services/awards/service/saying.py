"""How a prize list is told to others."""

from collections.abc import Iterator

from contracts import awards
from contracts.rules import Rules
from services.awards import store
from services.awards.domain import prizes
from services.awards.domain.money import contest_money


def described(
    lines: tuple[prizes.Line, ...], entries: dict[str, store.EntryRow], rules: Rules
) -> tuple[awards.PrizeLine, ...]:
    """Say of every line what everybody calls the entry, whose it is, and its prize money."""
    store.require_known([line.entry_id for line in lines], entries)
    return tuple(
        awards.PrizeLine(
            entry_id=line.entry_id,
            title=entries[line.entry_id].title,
            author_ids=tuple(entries[line.entry_id].author_ids),
            prize=line.prize,
            score=line.score,
            rank=line.rank,
            unit_id=entries[line.entry_id].unit_id,
            share="1" if line.parts == line.of else f"{line.parts}/{line.of}",
            money_vnd=contest_money(
                prizes.prize_of(line.prize, rules),
                line,
                is_group=entries[line.entry_id].kind == "COLLECTIVE",
            ),
        )
        for line in lines
    )


def list_view(
    listed: prizes.PrizeList, entries: dict[str, store.EntryRow], rules: Rules
) -> awards.PrizeList:
    """Say where a list stands and by which steps it came there."""
    meeting, submission, returned = listed.meeting, listed.submission, listed.returned
    return awards.PrizeList(
        state=listed.state(rules),
        lines=described(listed.lines or (), entries, rules),
        approved=listed.approved,
        ties=listed.ties,
        awaited=listed.awaited(rules) if listed.lines is not None else (),
        drawn=listed.drawn,
        revision=listed.revision,
        meeting=awards.PrizeMeeting(
            number=meeting.number, held_on=meeting.held_on, conclusion=meeting.conclusion
        )
        if meeting
        else None,
        submission=awards.PrizeSubmission(number=submission.number, dated=submission.dated)
        if submission
        else None,
        approvals=tuple(
            awards.PrizeApproval(authority=one.authority, at=one.at) for one in listed.approvals
        ),
        returned=awards.PrizesBack(
            authority=returned.authority, reason=returned.reason, at=returned.at
        )
        if returned
        else None,
        passed=tuple(awards.PassedOver(entry_id=one.entry_id, by=one.by) for one in listed.passed),
        unawarded=tuple(unawarded(listed, rules)),
    )


def unawarded(listed: prizes.PrizeList, rules: Rules) -> Iterator[awards.UnawardedPrize]:
    """Say of which prizes some stay unawarded, and why where the council decided so."""
    if listed.lines is None:
        return
    decided = {one.prize: one for one in listed.limits}
    for prize in rules.prizes:
        given = sum(line.prize == prize.code for line in listed.lines)
        if given < prize.count:
            limit = decided.get(prize.code)
            yield awards.UnawardedPrize(
                prize=prize.code,
                count=prize.count,
                awarded=given,
                minutes=limit.minutes if limit else "",
                reason=limit.reason if limit else "",
            )
