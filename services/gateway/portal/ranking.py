"""The ranking of a closed round with calibration beside it, and why an entry is where it is."""

import asyncio
from collections.abc import Mapping

from litestar import Response, get

from contracts import awards, review
from services.gateway import words
from services.gateway.api.routes import Name
from services.gateway.caller import Caller, Calling
from services.gateway.portal.asking import unless_refused
from services.gateway.portal.desk import rules_of
from services.gateway.portal.naming import staff_names
from services.gateway.portal.pages import page

STANDINGS = words.Names(
    {
        "COUNTED": "Được tính",
        "TRIMMED_HIGH": "Không tính: trong số phiếu cao nhất bị bỏ",
        "TRIMMED_LOW": "Không tính: trong số phiếu thấp nhất bị bỏ",
        "SUPERSEDED": "Không tính: đã có phiếu mới hơn",
        "STOOD_DOWN": "Không tính: giám khảo đã thôi chấm bài",
    }
)
REFUSALS = {
    "NO_SHEETS": "Chưa có phiếu chấm nào.",
    "TOO_FEW_JUDGES": "Cần ít nhất 2 giám khảo.",
    "TOO_FEW_SHEETS_PER_ENTRY": "Một số bài có quá ít phiếu: {codes}.",
    "TOO_FEW_SHEETS_PER_JUDGE": "Một số giám khảo chấm quá ít bài: {judges}.",
    "NOT_CONNECTED": "Các giám khảo chia thành những nhóm không chấm chung bài nào: {groups}.",
    "TOO_FEW_SHEETS": "Số phiếu không đủ để ước lượng sai số.",
}


@get("/toi/xep-hang/{contest_id:str}/{round_id:str}")
async def show_ranking(caller: Calling, contest_id: Name, round_id: Name) -> Response[str]:
    """Show the table of a closed round, and how severe judges were and how sure ranks are."""
    query = review.ShowCalibration(contest_id=contest_id, round_id=round_id)
    asked = review.ShowRound(contest_id=contest_id, round_id=round_id)
    rules, found, view, names = await asyncio.gather(
        rules_of(caller, contest_id),
        caller.ask(query, review.Calibration),
        caller.ask(asked, review.RoundView),
        staff_names(caller, contest_id),
    )
    round_ = view.rules or next(one for one in rules.rounds if one.id == round_id)
    return page(
        caller,
        "ranking.html",
        rules=rules,
        round=round_,
        table=view.table,
        left=view.left,
        goes_on=round_.id != rules.rounds[-1].id,
        found=found,
        refusal=refused(found.refusal, names),
        beside={line.code: line for line in found.lines},
        names=names,
    )


@get("/toi/giai-trinh/{contest_id:str}/{entry:str}")
async def show_place(caller: Calling, contest_id: Name, entry: Name) -> Response[str]:
    """Explain the place of an entry, named by its id or code, in every round that is closed."""
    query = review.ExplainPlace(contest_id=contest_id, entry=entry)
    judged, rules, names = await asyncio.gather(
        caller.ask(query, review.Explanation),
        rules_of(caller, contest_id),
        staff_names(caller, contest_id),
    )
    asked = awards.ExplainFinal(contest_id=contest_id, entry_id=judged.entry_id)
    final = await unless_refused(caller.ask(asked, awards.FinalPlace), None)
    # One after another: each is computed for seconds, and has all of the patience for itself.
    calibrated = [
        await beside(caller, one.round_id, judged.code, contest_id, names) for one in judged.rounds
    ]
    return page(
        caller,
        "place.html",
        rules=rules,
        judged=judged,
        rounds=list(zip(judged.rounds, sentences(judged.text), calibrated, strict=True)),
        final=final.explained if final else None,
        names=names,
        standings=STANDINGS,
    )


async def beside(
    caller: Caller, round_id: str, code: str, contest_id: str, names: Mapping[str, str]
) -> tuple[review.Calibration | None, review.CalibratedLine | None, str]:
    """Return the calibration of a round with the entry's line in it, or why there is none."""
    query = review.ShowCalibration(contest_id=contest_id, round_id=round_id)
    found = await unless_refused(caller.ask(query, review.Calibration), None)
    if found is None:
        return None, None, ""
    line = next((line for line in found.lines if line.code == code), None)
    return found, line, refused(found.refusal, names)


def sentences(text: tuple[str, ...]) -> list[list[str]]:
    """Return what is said of each round, without the sheets: the page shows those in a table.

    After the entry's own line each round begins at the margin, what is said of it is set in.
    """
    found: list[list[str]] = []
    for line in text[1:]:
        if not line.startswith(" "):
            found.append([])
        elif not line.startswith("  - "):
            found[-1].append(line.strip())
    return found


def refused(why: review.CalibrationRefusal | None, names: Mapping[str, str]) -> str:
    """Say why there is no calibration, and whom it is about; nothing where there is one."""
    if why is None:
        return ""
    return REFUSALS[why.reason].format(
        codes=", ".join(why.codes),
        judges=", ".join(names.get(one, one) for one in why.judge_ids),
        groups="; ".join(", ".join(names.get(one, one) for one in group) for group in why.groups),
    )


ROUTES = (show_ranking, show_place)
