"""The long run: `python -m tests.reliability.chaos --seed 1 --faults 500`.

Exit status 1 if anything that must hold does not.
"""

import sys

import click

from deploy.local.stack import Stack
from tests.reliability.chaos.play import COPIES, play
from tests.reliability.chaos.striking import SmallDisk

NAME = "chaos"


@click.command()
@click.option("--seed", default=1, show_default=True, help="Which faults: the same every time.")
@click.option("--faults", default=500, show_default=True, help="How many.")
@click.option("--keep", is_flag=True, help="Leave the stack running, to look into it.")
def main(seed: int, faults: int, *, keep: bool) -> None:
    """Let FAULTS befall a stack under load and check what must hold."""
    stack = Stack(NAME, copies=COPIES)
    with SmallDisk(NAME) as disk:
        stack.up(fresh=True)
        try:
            outcome = play(stack, seed, faults, disk)
        finally:
            if not keep:
                stack.down()
    print(f"seed {seed}, faults {faults}:", *outcome.lines(), sep="\n")  # noqa: T201
    sys.exit(bool(outcome.broken))


if __name__ == "__main__":
    main()
