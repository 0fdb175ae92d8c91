"""Run a command with RabbitMQ 4 under every stack it starts: `python -m deploy.local.rabbit4 …`.

Debian 12 has RabbitMQ 3.10; the 4.3 of a later Debian is installed into a directory of its own,
once, and its node is run from there.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from deploy.local.broker import ROOT_VARIABLE
from deploy.local.instance import LOCAL

SUITE = "forky"
FOLDER = LOCAL / "cache" / "rabbit4"


def root() -> Path:
    """Return the directory with RabbitMQ 4 in it, made now if there is none yet."""
    done = FOLDER / "usr/lib/rabbitmq/bin/rabbitmq-server"
    if not done.exists():
        _refuse_unless_possible()
        draft = FOLDER.with_name("rabbit4.draft")
        shutil.rmtree(draft, ignore_errors=True)
        shutil.rmtree(FOLDER, ignore_errors=True)
        draft.parent.mkdir(parents=True, exist_ok=True)
        print(f"Making a Debian {SUITE} with RabbitMQ 4 in {FOLDER} (half a minute)", flush=True)
        _make(draft)
        draft.rename(FOLDER)
    return FOLDER


def _refuse_unless_possible() -> None:
    if os.geteuid() != 0:
        sys.exit("RabbitMQ 4 is tried in a root directory of its own; only root can make that.")
    if shutil.which("debootstrap") is None:
        if shutil.which("apt-get") is None:
            sys.exit("debootstrap is missing, and there is no apt to install it with.")
        _run("apt-get", "install", "--yes", "--no-install-recommends", "debootstrap")


def _make(folder: Path) -> None:
    # An older debootstrap has no script of this suite's name; they are all the same one.
    scripts = Path("/usr/share/debootstrap/scripts")
    script = next(path for name in (SUITE, "trixie", "sid") if (path := scripts / name).exists())
    _run("debootstrap", "--variant=minbase", SUITE, str(folder), _mirror(), str(script))
    policy = folder / "usr/sbin/policy-rc.d"
    policy.write_text("#!/bin/sh\nexit 101\n")
    policy.chmod(0o755)
    (folder / "etc/hosts").write_text("127.0.0.1 localhost\n")
    install = "apt-get install --yes --no-install-recommends rabbitmq-server"
    mounted = (
        f'mount -t proc proc "$0/proc" && mount --bind /dev "$0/dev" && chroot "$0" {install}'
    )
    _run("unshare", "--mount", "sh", "-c", mounted, str(folder))


def _mirror() -> str:
    """Return the archive to take the packages from: the one apt uses here, if none is named."""
    if named := os.environ.get("DEBIAN_MIRROR"):
        return named
    targets = ("apt-get", "indextargets", "--format", "$(ORIGIN) $(REPO_URI)")
    listed = subprocess.run(
        [*targets, "Created-By: Packages"], capture_output=True, text=True, check=False
    )
    for line in listed.stdout.splitlines():
        origin, _, address = line.partition(" ")
        if origin == "Debian":
            return address
    sys.exit("apt uses no Debian archive here; name one: DEBIAN_MIRROR=http://…/debian")


def _run(*command: str) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}
    done = subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        end = "\n".join(done.stdout.splitlines()[-15:])
        sys.exit(f"{end}\n`{' '.join(command)}` failed; another mirror: DEBIAN_MIRROR=http://…")


def main() -> None:
    """Become the command of the command line, with RabbitMQ 4 at its disposal."""
    environment = os.environ | {ROOT_VARIABLE: str(root())}
    os.execvpe(sys.argv[1], sys.argv[1:], environment)  # noqa: S606 -- that is its purpose


if __name__ == "__main__":
    main()
