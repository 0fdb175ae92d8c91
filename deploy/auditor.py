"""Makes the recount one file that runs anywhere: `python3 deploy/auditor.py sangkien-recount.pyz`.

The file needs Python 3.11 and the package `cryptography`, nothing of the platform. The same
sources make the same bytes.
"""

import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
LONG_AGO = (1980, 1, 1, 0, 0, 0)
START = "import sys\n\nfrom recount.main import main\n\nsys.exit(main())\n"


def make(file: Path) -> None:
    """Write the program as a zip that Python runs (PEP 441)."""
    sources = {"__main__.py": START}
    for path in sorted((ROOT / "recount").glob("*.*")):
        sources[f"recount/{path.name}"] = path.read_text()
    with file.open("wb") as into:
        into.write(b"#!/usr/bin/env python3\n")
        with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as program:
            for name, text in sources.items():
                info = zipfile.ZipInfo(name, LONG_AGO)
                info.compress_type = zipfile.ZIP_DEFLATED
                program.writestr(info, text)
    file.chmod(0o755)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python3 deploy/auditor.py FILE.pyz")
    make(Path(sys.argv[1]))
