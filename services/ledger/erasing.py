"""The certificate of an erasure: what the record holds of it, under a signed head."""

from typing import Any

from sqlalchemy.orm import Session

from services.ledger import store
from services.ledger.domain.leaves import body_of, instant

ERASED = "intake.EntrantsErased"
FORGOTTEN = ".EntrantsForgotten"
WHO = ("awards", "notify", "originality", "review")  # who knows entrants, beside intake


def certificate(session: Session, tenant: str, contest: str) -> dict[str, Any] | None:
    """Gather it; None while no signed head covers the forgetting.

    `missing` names services that have not said yet that they forgot; `salts_left` counts digests
    that could still be matched to somebody.
    """
    heads = store.load_heads(session, contest, limit=1)
    erased: dict[str, Any] | None = None
    events: list[dict[str, Any]] = []
    for leaf, recorded in store.read_leaves(session, contest, heads[0].size if heads else 0):
        if recorded.type != ERASED and not recorded.type.endswith(FORGOTTEN):
            continue
        said = body_of(recorded) or {}
        erased = said if recorded.type == ERASED else erased
        counts = {name: said[name] for name in ("people", "rows", "objects") if name in said}
        place = {"leaf": leaf.number, "event_id": recorded.event_id, "type": recorded.type}
        events.append(place | {"at": instant(recorded.occurred_at)} | counts)
    if erased is None:
        return None
    done = {event["type"].partition(".")[0] for event in events}
    return {
        "tenant": tenant,
        "contest_id": contest,
        "minutes": erased["minutes"],
        "retained_until": erased["retained_until"],
        "rules_number": erased["rules_number"],
        "entries": len(erased["entry_ids"]),
        "people": len(erased["person_ids"]),
        "kept": erased["kept"],
        "events": events,
        "missing": sorted({*WHO} - done),
        "salts_left": store.count_salts(session, erased["person_ids"]),
        "head": {"size": heads[0].size, "root": heads[0].root, "kid": heads[0].kid,
                 "signature": heads[0].signature, "at": instant(heads[0].at)},
    }  # fmt: skip


def in_print(found: dict[str, Any]) -> str:
    """Write it for the file of the contest."""
    lines = [
        f"XÁC NHẬN XÓA THÔNG TIN NGƯỜI DỰ THI, CUỘC THI {found['contest_id']}",
        f"Căn cứ: {found['minutes']}.",
        f"Hồ sơ: {found['entries']}. Người được xóa thông tin: {found['people']}.",
        f"Người còn lưu vì tham gia cuộc thi khác hoặc có nhiệm vụ khác: {found['kept']}.",
        "Sự kiện trong sổ ghi:",
    ]
    for event in found["events"]:
        counts = ", ".join(
            f"{event[name]} {word}"
            for name, word in (("people", "người"), ("rows", "dòng"), ("objects", "tệp"))
            if name in event
        )
        lines.append(f"  {event['leaf']}. {event['type']} {event['event_id']}: {counts}")
    if found["missing"]:
        lines.append(f"CHƯA XONG, còn chờ: {', '.join(found['missing'])}.")
    head = found["head"]
    return "\n".join(
        (
            *lines,
            f"Muối của mã băm còn lại: {found['salts_left']}.",
            f"Các sự kiện trên nằm trong {head['size']} sự kiện có mã băm {head['root']},",
            f"ký bằng khóa {head['kid']}: {head['signature']}",
        )
    )
