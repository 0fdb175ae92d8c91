"""`sangkien contest coverage`: how far a contest reaches, over the HTTP API."""

from datetime import datetime
from urllib.parse import quote

import click

from kernel.door import Door


@click.command("coverage")
@click.argument("contest")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day; today if left out.")
@click.option("--server", help="The platform's address; else SANGKIEN_URL.")
def coverage(contest: str, as_of: datetime | None, server: str | None) -> None:
    """Say which units take part in CONTEST, and how far that is from the goal."""
    day = f"?as_of={as_of:%Y-%m-%d}" if as_of else ""
    path = f"/v1/contests/{quote(contest, safe='')}/coverage/summary{day}"
    report = Door.of_environment(server).ask("GET", path)
    for line in report["lines"]:
        standing = (
            f"{line['entries']} ({line['individual']} cá nhân, {line['collective']} tập thể)"
        )
        if line["nil_reason"] is not None:
            standing = f"không có bài: {line['nil_reason']}"
        click.echo(f"{line['unit_id']}\t{line['name']}\t{standing}")
    rate, target = (f"{float(report[name]):.2%}".replace(".", ",") for name in ("rate", "target"))
    click.echo(
        f"Đến {report['as_of']}: {report['entered']}/{report['units']} đơn vị có bài dự thi,"
        f" đạt {rate} (mục tiêu {target}); {report['nil_returns']} đơn vị báo không có bài,"
        f" {report['silent']} đơn vị chưa trả lời"
    )
