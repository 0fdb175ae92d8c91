"""`sangkien review calibration ROUND`: how severe judges were, and how sure the ranks."""

import json
from decimal import Decimal
from typing import Any

import click

from kernel.door import Door

REASONS = {
    "NO_SHEETS": "Chưa có phiếu chấm nào.",
    "TOO_FEW_JUDGES": "Cần ít nhất 2 giám khảo.",
    "TOO_FEW_SHEETS_PER_ENTRY": "Một số bài có quá ít phiếu: {codes}.",
    "TOO_FEW_SHEETS_PER_JUDGE": "Một số giám khảo chấm quá ít bài: {judge_ids}.",
    "NOT_CONNECTED": "Các giám khảo chia thành những nhóm không chấm chung bài nào: {groups}.",
    "TOO_FEW_SHEETS": "Số phiếu không đủ để ước lượng sai số.",
}


@click.command("calibration")
@click.argument("round_id", metavar="ROUND")
@click.option("--contest", required=True, help="The contest's id, e.g. HG-CCHC-2022.")
@click.option("--json", "as_data", is_flag=True, help="Print it as data.")
@click.option("--server", help="The platform's address; else SANGKIEN_URL.")
def calibration(round_id: str, contest: str, server: str | None, *, as_data: bool) -> None:
    """Say how severe judges of the closed ROUND were, and how sure each rank is."""
    door = Door.of_environment(server)
    found = door.read(f"/v1/contests/{contest}/rounds/{round_id}/calibration")
    if as_data:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(told(found)))


def told(found: dict[str, Any]) -> list[str]:
    """Say a calibration in Vietnamese, line by line."""
    if found["refusal"] is not None:
        return [f"Không hiệu chỉnh được. {refused(found['refusal'])}"]
    which = "điểm đã hiệu chỉnh" if found["counts"] else "điểm giám khảo cho, chưa hiệu chỉnh"
    noise, spread = number(found["noise"]), number(found["spread"])
    lines = [
        f"Xếp hạng chính thức theo {which}.",
        f"Độ lệch chuẩn của một phiếu: {noise} điểm; giữa các bài: {spread} điểm.",
        "Giám khảo chấm cao (+) hay thấp (−) hơn đồng nghiệp trên cùng bài:",
    ]
    for one in found["severities"]:
        points = f"{Decimal(one['points']):+f}".replace("-", "−").replace(".", ",")
        error = number(one["error"])
        lines.append(f"  {one['judge_id']}: {points} (± {error}), {one['sheets']} phiếu")
    percent = number(str((Decimal(found["confidence"]) * 100).normalize()))
    lines.append(f"Hạng sau hiệu chỉnh, khoảng tin cậy {percent}%, hạng theo điểm đã cho:")
    for one in found["lines"]:
        unsure = " ≈ bài kế tiếp, không phân biệt được" if one["tied_in_noise"] else ""
        lines.append(
            f"  {one['rank']} [{one['low']}–{one['high']}] {one['code']}"
            f" {number(one['score'])}; đã cho: hạng {one['raw_rank']},"
            f" {number(one['raw_score'])}{unsure}"
        )
    return lines


def refused(why: dict[str, Any]) -> str:
    """Say why there is no calibration, and whom it is about."""
    return REASONS[why["reason"]].format(
        codes=", ".join(why["codes"]),
        judge_ids=", ".join(why["judge_ids"]),
        groups="; ".join(", ".join(group) for group in why["groups"]),
    )


def number(text: str) -> str:
    """Write a number with the decimal comma."""
    return f"{Decimal(text):f}".replace(".", ",")
