"""What befalls the stack, one fault after another; the seed says which: start with `plan`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from random import Random

# How often each kind comes, of a hundred or so. What is dear to recover from comes seldom.
WEIGHTS = {
    "again": 38,  # messages published once more, in another order
    "pause": 22,  # SIGSTOP, then SIGCONT
    "skew": 12,  # the clock of one process is wrong
    "kill": 10,  # SIGKILL
    "slow": 9,  # the network of some processes is slow
    "cut": 6,  # or away
    "full": 1.2,  # the store's disk is full
    "crash": 0.8,  # PostgreSQL is killed
    "restart": 0.8,  # RabbitMQ is stopped and started
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that goes wrong with `target` for so many seconds.

    `number` says how many messages are sent again, or by how many seconds a clock is wrong.
    """

    kind: str
    target: str
    seconds: float
    number: int


def plan(seed: int, count: int, targets: Mapping[str, Sequence[str]]) -> tuple[Fault, ...]:
    """Return the faults of a seed, each kind of `targets` at least once if there is room."""
    chance = Random(seed)  # noqa: S311  # nothing secret
    kinds = [kind for kind in WEIGHTS if targets.get(kind)]
    first = chance.sample(kinds, len(kinds))[:count]
    rest = chance.choices(kinds, [WEIGHTS[kind] for kind in kinds], k=count - len(first))
    return tuple(drawn(kind, targets[kind], chance) for kind in (*first, *rest))


def drawn(kind: str, targets: Collection[str], chance: Random) -> Fault:
    """Draw the particulars of a fault."""
    wrong_by = chance.choice((-1, 1)) * chance.randint(5, 600)
    number = {"again": chance.randint(3, 30), "skew": wrong_by}.get(kind, 0)
    longest = {"pause": 1.5, "cut": 2.0, "full": 1.5}.get(kind, 0.6)
    seconds = round(chance.uniform(0.2, longest), 2)
    return Fault(kind, chance.choice(sorted(targets)), seconds, number)
