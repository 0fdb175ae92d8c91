"""Make this checkout ready to run: `make setup`, which every other target does first.

Runs on any Python from 3.11 on with nothing installed, so it imports the standard library alone.
What is there already is left alone, and a run that was interrupted is simply done again.
"""

import argparse
import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from configparser import ConfigParser
from contextlib import contextmanager, suppress
from pathlib import Path
from struct import unpack_from
from urllib.error import URLError
from urllib.parse import urljoin
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "requirements.sha256"
COMPILED = VENV / "kernels.sha256"

RABBITMQ = (
    "/usr/lib/rabbitmq/bin/rabbitmq-server",
    "/usr/local/sbin/rabbitmq-server",
    "/opt/rabbitmq/sbin/rabbitmq-server",
    "/opt/homebrew/sbin/rabbitmq-server",
)
OPENID = ROOT / "tests" / "oidc"
CLAMD = "/usr/sbin/clamd"
DOVECOT = "/usr/sbin/dovecot"
FONT_FILE = "LiberationSerif-Regular.ttf"
FONTS = (Path("/usr/share/fonts"), ROOT / ".local" / "fonts")

WITH_DOCKER = "With Docker nothing need be installed: make containers"

began = time.monotonic()


class NotReady(Exception):
    """Something is missing; the message says what, why, and what to do."""


def main() -> None:
    """Do what is still to be done, one line for each step."""
    words = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    words.add_argument("--python-only", action="store_true", help="leave the servers alone")
    words.add_argument(
        "--browser",
        action="store_true",
        help="what only tests drive too: Chromium, clamd, LibreOffice, dovecot, OpenID",
    )
    asked = words.parse_args()
    try:
        with alone():
            python_packages()
            kernels()
            design()
            if not asked.python_only:
                system_packages()
                recogniser()
            if asked.browser:
                for step in (browser, axe, scanner, post_office, office, provider, alerts):
                    step()
    except NotReady as problem:
        sys.exit(f"\nNot ready: {problem}")
    except KeyboardInterrupt:
        sys.exit("\nInterrupted; `make setup` goes on from here.")


def note(line: str) -> None:
    """Say what happens now, with the seconds since the start."""
    print(f"[{time.monotonic() - began:5.1f} s] {line}", flush=True)


@contextmanager
def alone() -> Iterator[None]:
    """Keep two set-ups of one checkout from working at the same time."""
    (ROOT / ".local").mkdir(exist_ok=True)
    with (ROOT / ".local" / "setup.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            note("another set-up of this checkout is running; waiting for it")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


# -- Python and its packages


def python_packages() -> None:
    """Bring `.venv` to exactly what `requirements.lock` lists."""
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    with suppress(OSError):
        if PYTHON.exists() and STAMP.read_text() == wanted:
            return
    if not works([str(PYTHON), "-m", "pip", "--version"]):
        make_venv()
    note("installing the packages of requirements.lock into .venv")
    install()
    make_command()
    STAMP.write_text(wanted)


def kernels() -> None:
    """Compile the loops of originality's engine, so that no first check waits for it."""
    sources = sorted((ROOT / "services" / "originality" / "engine" / "kernels").glob("*.py"))
    wanted = hashlib.sha256(b"".join(path.read_bytes() for path in (LOCK, *sources))).hexdigest()
    with suppress(OSError):
        if COMPILED.read_text() == wanted:
            return
    note("compiling the loops of the originality check, half a minute")
    run([str(PYTHON), "-m", "services.originality.engine.warm"], "compiling them")
    COMPILED.write_text(wanted)


def design() -> None:
    """Make the style sheet of the portal's design system, with what npm's registry has."""
    if not (ROOT / "services/gateway/portal/static/vendor/made.sha256").exists():
        note("fetching the portal's design system from the npm registry")
    run([str(PYTHON), "-m", "services.gateway.design"], "Making the portal's style sheet")


def make_command() -> None:
    """Put `sangkien` beside the other commands of `.venv`; it runs this checkout."""
    command = PYTHON.with_name("sangkien")
    command.write_text(
        f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{PYTHON}" -m kernel.operate "$@"\n',
        encoding="utf-8",
    )
    command.chmod(0o755)


def make_venv() -> None:
    """Make `.venv` with pip in it, though Debian ships Python without the means."""
    if sys.version_info < (3, 11):  # noqa: UP036 -- this file may well be run by an older one
        raise NotReady(
            f"Python 3.11 or newer is needed, this is {sys.version.split()[0]} "
            f"({sys.executable}). Install one and run: make setup PYTHON=/path/to/python3.11"
        )
    note(f"making .venv with Python {sys.version.split()[0]} ({sys.executable})")
    shutil.rmtree(VENV, ignore_errors=True)
    if works([sys.executable, "-m", "venv", str(VENV)]):
        return
    if may_install():
        apt_install(f"python3.{sys.version_info.minor}-venv")
        if works([sys.executable, "-m", "venv", "--clear", str(VENV)]):
            return
    run([sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV)], "making .venv")
    note("this Python comes without pip; fetching pip from the package index")
    wheel = fetch_pip(VENV)
    run([str(PYTHON), f"{wheel}/pip", "install", "--quiet", "--no-index", str(wheel)], "pip")


def fetch_pip(folder: Path) -> Path:
    """Download the newest wheel of pip from the index that pip itself would use."""
    index = index_url().rstrip("/") + "/pip/"
    try:
        with urlopen(index, timeout=30) as answer:  # noqa: S310 -- pip's own setting
            page = answer.read().decode()
        links = re.findall(r'href="([^"]*/(pip-([\d.]+)-py3-none-any\.whl)[^"]*)"', page)
        link, name, _ = max(links, key=lambda each: [int(part) for part in each[2].split(".")])
        with urlopen(urljoin(index, link), timeout=60) as answer:  # noqa: S310
            (folder / name).write_bytes(answer.read())
    except (URLError, OSError, ValueError) as problem:
        raise NotReady(
            f"Python's venv module is incomplete and pip could not be fetched from {index} "
            f"({problem}). An administrator can install it: apt-get install python3-venv\n"
            f"{WITH_DOCKER}"
        ) from problem
    return folder / str(name)


def index_url() -> str:
    """Return the package index of pip's environment or configuration files."""
    files = ConfigParser(interpolation=None)
    home = Path.home()
    files.read(["/etc/pip.conf", home / ".pip/pip.conf", home / ".config/pip/pip.conf"])
    configured = files.get("global", "index-url", fallback="https://pypi.org/simple")
    return os.environ.get("PIP_INDEX_URL", configured)


def install() -> None:
    """Install what the lock lists and nothing else: with uv in seconds, else with pip."""
    pip = [str(PYTHON), "-m", "pip"]
    if works([*pip, "show", "--quiet", "uv"]) or works([*pip, "install", "--quiet", "uv"]):
        uv = [str(PYTHON), "-m", "uv", "pip", "sync", "--quiet", "--require-hashes", str(LOCK)]
        environment = os.environ | pip_settings_for_uv() | {"VIRTUAL_ENV": str(VENV)}
        if subprocess.run(uv, env=environment, cwd=ROOT, check=False).returncode == 0:
            return
        note("uv could not; trying pip, which takes longer")
    run(
        [*pip, "install", "--require-hashes", "--progress-bar=off", "-r", str(LOCK)],
        f"Installing the packages of {LOCK.name}",
    )


def pip_settings_for_uv() -> dict[str, str]:
    """Tell uv where pip is configured to look, as uv does not read pip's configuration."""
    names = {
        "index-url": "UV_DEFAULT_INDEX",
        "extra-index-url": "UV_INDEX",
        "find-links": "UV_FIND_LINKS",
        "cert": "SSL_CERT_FILE",
    }
    listed = subprocess.run(
        [str(PYTHON), "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    )
    found = {"UV_INDEX_STRATEGY": "unsafe-best-match"}  # every file is checked by its hash
    for line in listed.stdout.splitlines():
        key, _, value = line.partition("=")
        if name := names.get(key.rpartition(".")[2]):
            found[name] = " ".join(value.strip("'\"").split())
    return found | {name: os.environ[name] for name in names.values() if name in os.environ}


# -- servers and fonts


def system_packages() -> None:
    """Install what no Python package brings, with apt where that is allowed."""
    missing = []
    if not (rabbitmq() or os.environ.get("AMQP_URL")):
        missing.append("rabbitmq-server")
    if not fonts():
        missing.append("fonts-liberation2")
    if missing and may_install():
        note(f"installing {' and '.join(missing)} with apt")
        apt_install(*missing)
        return
    if "rabbitmq-server" in missing:
        raise NotReady(
            "RabbitMQ carries every message of the platform; it is not installed, and as "
            f"{who_i_am()} I may not install it.\n{way_out(missing)}\n"
            f"A broker elsewhere does too: AMQP_URL=amqp://user:password@host/vhost\n{WITH_DOCKER}"
        )
    if missing and not unpack_fonts():
        raise NotReady(
            "Certificates and decisions are set in Liberation Serif 2; it is not installed, and "
            f"as {who_i_am()} I may not install it.\n{way_out(missing)}\n{WITH_DOCKER}"
        )


def recogniser() -> None:
    """Install what reads scans and odd PDFs; without it a person has to read those."""
    if shutil.which("pdftotext") and reads_vietnamese():
        return
    packages = ("tesseract-ocr", "tesseract-ocr-vie", "poppler-utils")
    if may_install():
        note("installing tesseract with apt, to read scanned descriptions")
        apt_install(*packages)
    else:
        note(f"tesseract is not installed, so scans will go to a person. {way_out(packages)}")


def reads_vietnamese() -> bool:
    """Tell whether tesseract is here with its Vietnamese model."""
    with suppress(OSError):
        listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, check=False)
        return b"vie" in listed.stdout.split()
    return False


def browser() -> None:
    """Install Chromium and its driver; without them everything but the browser tests works."""
    if shutil.which("chromium") and shutil.which("chromedriver"):
        return
    packages = ("chromium", "chromium-driver")
    if may_install():
        note("installing Chromium with apt, for the browser tests")
        apt_install(*packages)
    else:
        note(f"Chromium is not installed, so the browser tests will fail. {way_out(packages)}")


def axe() -> None:
    """Fetch axe-core; without it everything but the tests of accessibility works."""
    subprocess.run([str(PYTHON), "-m", "deploy.axe"], cwd=ROOT, check=False)


def scanner() -> None:
    """Install clamd, without the signatures it usually has; tests give it one of their own."""
    if Path(CLAMD).exists():
        return
    if may_install():
        note("installing clamd with apt, for the tests of the virus scan")
        apt_install("clamav-daemon")
    else:
        note(f"clamd is not installed; tests of the scan will fail. {way_out(['clamav-daemon'])}")


def post_office() -> None:
    """Install dovecot, from which tests read letters that came back, over IMAP."""
    if Path(DOVECOT).exists():
        return
    if may_install():
        note("installing dovecot with apt, for the tests of returned letters")
        apt_install("dovecot-imapd")
    else:
        note(f"dovecot is missing; tests of IMAP will fail. {way_out(['dovecot-imapd'])}")


def office() -> None:
    """Install LibreOffice's word processor, in which tests open the papers we print."""
    if shutil.which("soffice"):
        return
    package = "libreoffice-writer-nogui"
    if may_install():
        note("installing LibreOffice with apt, for the tests of papers")
        apt_install(package)
    else:
        note(f"LibreOffice is not installed; the test of pages will fail. {way_out([package])}")


def provider() -> None:
    """Install the OpenID provider that tests sign in through, as its lock file lists it."""
    listed = OPENID / "package-lock.json"
    wanted = hashlib.sha256(listed.read_bytes()).hexdigest()
    stamp = OPENID / "node_modules" / "lock.sha256"
    with suppress(OSError):
        if stamp.read_text() == wanted:
            return
    if not (shutil.which("node") and shutil.which("npm")):
        if not may_install():
            note(f"npm is not installed; tests of providers fail. {way_out(['nodejs', 'npm'])}")
            return
        note("installing Node.js with apt, for the tests of providers")
        apt_install("nodejs", "npm")
    note("installing the OpenID provider of the tests with npm")
    clean = ["npm", "ci", "--prefix", str(OPENID), "--no-audit", "--no-fund", "--loglevel=error"]
    run(clean, "Installing the OpenID provider")
    stamp.write_text(wanted)


def alerts() -> None:
    """Fetch promtool, by which tests check the alerts; without it that test alone fails."""
    folder = ROOT / ".local/prometheus"
    if shutil.which("promtool") or (folder / "usr/bin/promtool").exists():
        return
    if may_install():
        note("fetching promtool with apt, for the test of the alerts")
        fetch("prometheus", folder)
    else:
        note(
            f"promtool is missing, so the test of the alerts will fail. {way_out(['prometheus'])}"
        )


def fetch(package: str, folder: Path) -> None:
    """Take a package apart in a folder of ours, without installing it."""
    folder.mkdir(parents=True, exist_ok=True)
    download = ["apt-get", "download", package]
    subprocess.run(download, cwd=folder, capture_output=True, check=False)
    for file in folder.glob(f"{package}_*.deb"):
        works(["dpkg-deb", "--extract", str(file), str(folder)])
        file.unlink()


def way_out(missing: Sequence[str]) -> str:
    """Return what somebody with more rights can do."""
    return f"An administrator can install it: apt-get install {' '.join(missing)}"


def rabbitmq() -> bool:
    """Tell whether a RabbitMQ is installed that we can start a node of."""
    return any(map(os.path.exists, RABBITMQ)) or shutil.which("rabbitmq-server") is not None


def fonts() -> bool:
    """Tell whether Liberation Serif is here, in the version that has Vietnamese letters."""
    return any(revision(font) >= 2 for folder in FONTS for font in folder.rglob(FONT_FILE))


def revision(font: Path) -> int:
    """Read the major revision of a TrueType font, from its table `head`."""
    content = font.read_bytes()
    (tables,) = unpack_from(">H", content, 4)
    for entry in range(12, 12 + 16 * tables, 16):
        tag, _, offset, _ = unpack_from(">4sIII", content, entry)
        if tag == b"head":
            return int(unpack_from(">H", content, offset + 4)[0])
    return 0


def unpack_fonts() -> bool:
    """Fetch the font's package and take it apart under `.local`, for which nobody need be root."""
    folder = FONTS[1]
    folder.mkdir(exist_ok=True)
    for package in ("fonts-liberation2", "fonts-liberation"):
        note(f"fetching {package} into .local/fonts")
        fetch(package, folder)
        if fonts():
            return True
    return False


def who_i_am() -> str:
    """Return why apt is out of reach."""
    return "a user other than root" if os.geteuid() != 0 else "root of a system without apt"


def may_install() -> bool:
    """Tell whether apt is at hand."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(*packages: str) -> None:
    """Install Debian packages without letting a server among them start."""
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    with no_daemons():
        if apt(command) == 0:
            return
        note("apt does not know them yet; updating its lists")
        if apt(["apt-get", "update"]) == 0 and apt(command) == 0:
            return
    raise NotReady(
        f"`{' '.join(command)}` failed; its messages are above. Put that right and run "
        f"`make setup` again.\n{WITH_DOCKER}"
    )


def apt(command: Sequence[str]) -> int:
    """Run apt, showing the lines that tell how far it is; all of them if it fails."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}
    lines = []
    with subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        for line in process.stdout or ():
            lines.append(line.rstrip())
            if line.startswith(("Need to get", "Setting up", "Fetched")):
                note(f"  {line.rstrip()}")
    if process.returncode != 0:
        print("\n".join(lines[-15:]), flush=True)
    return process.returncode


@contextmanager
def no_daemons() -> Iterator[None]:
    """Tell Debian's packages to start nothing while they are installed."""
    policy = Path("/usr/sbin/policy-rc.d")
    if policy.exists():
        yield
        return
    policy.write_text("#!/bin/sh\nexit 101\n")
    policy.chmod(0o755)
    try:
        yield
    finally:
        policy.unlink(missing_ok=True)


# -- running programs


def works(command: Sequence[str]) -> bool:
    """Tell whether the command succeeds; what it says goes nowhere."""
    with suppress(OSError):
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    return False


def run(command: Sequence[str], purpose: str) -> None:
    """Run the command for all to see, or fail with what it was for."""
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        raise NotReady(
            f"{purpose} failed; the messages are above. If the package index cannot be reached, "
            f"set PIP_INDEX_URL to one that can, and run `make setup` again.\n{WITH_DOCKER}"
        )


if __name__ == "__main__":
    main()
