"""Bring the databases of several services up to date at once: `python -m deploy.local.migrate`.

Reads `{service: environment}` as JSON; writes `migrate-<service>.log` files into the folder named
on the command line and the services that failed to standard output. What takes long is importing
the tools, so that is done once, and each service migrates in a fork.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from deploy.local.instance import ROOT
from deploy.local.supervision import surroundings


def migrate(environments: Mapping[str, Mapping[str, str]], logs: Path) -> list[str]:
    """Migrate in a process of its own; return the services whose migration failed."""
    with (logs / "migrate.log").open("w") as log:
        done = subprocess.run(
            [sys.executable, "-m", "deploy.local.migrate", str(logs)],
            cwd=ROOT,
            env=surroundings(),
            input=json.dumps(environments),
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            check=False,
        )
    return done.stdout.split() if done.returncode in {0, 1} else ["all"]


def _main() -> None:
    from kernel import operate  # noqa: F401, PLC0415 -- imported once, before the forks

    environments = json.load(sys.stdin)
    children = {}
    for service, environment in environments.items():
        if (child := os.fork()) == 0:
            _migrate_here(service, environment)
        children[child] = service
    failed = [service for child, service in children.items() if os.waitpid(child, 0)[1] != 0]
    print(*failed)
    sys.exit(bool(failed))


def _migrate_here(service: str, environment: Mapping[str, str]) -> NoReturn:
    from kernel.operate import main  # noqa: PLC0415

    os.environ.update(environment)
    with (Path(sys.argv[1]) / f"migrate-{service}.log").open("w") as log:
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
    status = 1
    try:
        sys.argv = ["sangkien", "migrate", service]
        main()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except Exception:  # noqa: BLE001 -- whatever it is, the log gets it
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    _main()
