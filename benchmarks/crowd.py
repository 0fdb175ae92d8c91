"""`python -m benchmarks.crowd`: entrants who hand in one entry after another, until told to stop.

A process of their own, which gives way to others: people sit at their own machines, not at the
server's. Standard input has a line of JSON, who they are; when it is closed, they stop.
"""

import json
import os
import sys
import threading

from benchmarks.entrants import Entrant


def main() -> None:
    """Hand in until standard input ends; print how many entries were acknowledged."""
    os.nice(5)
    entrants = [Entrant(*each) for each in json.loads(sys.stdin.readline())]
    stop = threading.Event()

    def work(entrant: Entrant) -> None:
        while not stop.is_set():
            entrant.hand_in()

    threads = [threading.Thread(target=work, args=(each,)) for each in entrants]
    for thread in threads:
        thread.start()
    sys.stdin.read()
    stop.set()
    for thread in threads:
        thread.join()
    sys.stdout.write(f"{sum(len(each.acknowledged) for each in entrants)}\n")


if __name__ == "__main__":
    main()
