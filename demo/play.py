"""Plays the Hậu Giang 2022 contest on a local stack: `python -m demo.play [--stay]`.

Exit status 0 when every act came out as it must. With `--stay` the stack stays up (`make down`).
"""

import sys
import time
from contextlib import closing

import click
import httpx

from demo import acts, blinding, judging
from demo.api import ApiRefused
from demo.cast import read_cast
from demo.hook import Ear
from demo.stage import OPERATOR, Stage
from demo.tape import Tape
from demo.texts import read_texts
from deploy.local.stack import Stack, StackFailed

# One login for every role.
SHOWN = (
    *(OPERATOR, "ban-to-chuc", "tiep-nhan", "thu-ky-1", "giam-khao-1", "giam-khao-2"),
    *("ct-ubnd", "gd-snv", "dieu-phoi", "thu-truong-stp", "du-thi-17", "mot-cua"),
)


def play(stack: Stack, ear: Ear, *, quiet: bool = False) -> Stage:
    """Play the whole contest on a fresh stack; raise if anything comes out wrong.

    `ear` is open, and stays so: the last pushes may come after the last act.
    """
    folder = acts.ROOT / ".local" / stack.name / "papers"
    texts = {text.number: text for text in read_texts()}
    with (
        Tape(stack.addresses.amqp_url, quiet=quiet),
        closing(Stage(stack, read_cast(), texts, ear)) as stage,
    ):
        for number, (title, act) in enumerate(
            (
                ("Mở cuộc thi", acts.open_contest),
                ("Nhận hồ sơ", acts.file_entries),
                ("Kiểm tra trùng lắp", acts.check_originality),
                ("Che tên cho giám khảo", blinding.check_copies),
                ("Vòng sơ khảo", judging.first_round),
                ("Vòng bảo vệ ý tưởng", judging.last_round),
                ("Xét giải, phê duyệt", judging.prizes),
                ("Ban hành văn bản", lambda stage: judging.papers(stage, folder)),
                ("Báo tin", judging.messages),
                ("Công bố, sổ cái", lambda stage: judging.results(stage, folder)),
            ),
            start=1,
        ):
            print(f"\n{number}. {title}", flush=True)
            began = time.monotonic()
            act(stage)
            print(f"  ({time.monotonic() - began:.1f} s)", flush=True)
        judging.final_table(stage)
        return stage


@click.command()
@click.option("--stay", is_flag=True, help="Leave the stack running, with a login per role.")
def main(stay: bool) -> None:  # noqa: FBT001  # click passes it by name
    """Play the demo contest from its rules file to its certificates."""
    began = time.monotonic()
    stack = Stack("run" if stay else "demo")
    try:
        stack.up(fresh=True)
        with Ear() as ear:
            stage = play(stack, ear)
    except StackFailed as failure:
        raise SystemExit(str(failure)) from failure
    except (AssertionError, ApiRefused, TimeoutError, httpx.HTTPError) as failure:
        raise SystemExit(
            f"\nThe contest did not come out as it must: {type(failure).__name__}: {failure}\n"
            f"What the services said is in {stack.logs_dir}."
        ) from failure
    finally:
        if not stay or sys.exc_info()[0]:
            stack.down()
    print(f"\nxong sau {time.monotonic() - began:.1f} s")
    if stay:
        print(f"\nCổng thông tin: {stack.addresses.http_url}/  (dừng bằng: make down)")
        for name in SHOWN:
            print(f"  {name:<12} {stage.passwords[name]}")


if __name__ == "__main__":
    main()
