"""The program that makes one copy: a `Task` on standard input, a `Copy` on standard output."""

import os
import sys

import msgspec

from services.intake.blinding.maker.limits import bind
from services.intake.blinding.maker.making import make
from services.intake.blinding.orders import Task


def main() -> None:
    """Do one task, bound before the document is looked at."""
    task = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Task)
    # What a library prints must not get into the answer.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    bind()
    with answers:
        answers.write(msgspec.msgpack.encode(make(task)))


if __name__ == "__main__":
    main()
