"""`python -m tests.contract.release`: freeze a sample of every message that has none as it is now.

A file once written is never written again; a message that has grown gets the next number.
"""

import sys

import msgspec

from tests.contract.samples import RELEASED, differences, kinds, reread, sample, written


def main() -> None:
    """Write what is missing, and say what was written."""
    RELEASED.mkdir(exist_ok=True)
    for name, kind in kinds().items():
        made = sample(kind)
        earlier = sorted(
            RELEASED.glob(f"{name}.*.json"), key=lambda path: int(path.suffixes[-2][1:])
        )
        if earlier:
            newest = msgspec.json.decode(earlier[-1].read_bytes())
            if not list(differences("", reread(made), newest)):
                continue
        path = RELEASED / f"{name}.{len(earlier) + 1}.json"
        path.write_text(written(made))
        sys.stdout.write(f"{path.name}\n")


if __name__ == "__main__":
    main()
