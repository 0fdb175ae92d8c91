"""The documents say what the code does: reference, service tables, glossary, links, targets."""

import importlib
import re
import subprocess
import textwrap
from pathlib import Path

import pytest
from msgspec.structs import fields

from contracts import awards
from docs.generator import entrypoints, settings
from docs.generator.entrypoints import SERVICES
from docs.generator.pages import FOLDER, PAGES
from kernel.settings import KernelSettings

ROOT = Path(__file__).parents[2]
LISTED = subprocess.run(
    ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
    cwd=ROOT, capture_output=True, text=True, check=False,
).stdout.split()  # fmt: skip
DOCUMENTS = sorted(name for name in LISTED if (ROOT / name).is_file())
LINK = re.compile(r"\]\(([^)\s]+)\)")
MESSAGE = re.compile(r"`([a-z]+\.[A-Z]\w+|[A-Z]\w+)`")
TARGET = re.compile(r"`make ([a-z0-9-]+)`")
PATH = re.compile(
    r"`((?:kernel|contracts|services|deploy|docs|tests|demo|contests|benchmarks)/[\w./-]+)`"
)


@pytest.mark.parametrize("name", PAGES)
def test_reference_is_up_to_date(name):
    page = (FOLDER / name).read_text()

    assert page == PAGES[name](), "run `make docs`"


@pytest.mark.parametrize("service", SERVICES)
def test_table_of_a_service_is_its_entrypoints(service):
    rows = table_of(ROOT / "services" / service / "README.md")

    found = entrypoints.of(service)
    assert named(rows["is asked"]) == sorted(kind.__name__ for kind in found.asked)
    assert named(rows["says"]) == sorted(kind.__name__ for kind in found.said)
    if found.hears_all:
        assert rows["hears"] == "every event of every service"
    else:
        assert named(rows["hears"]) == sorted(map(entrypoints.name_of, found.heard))


# Said by earlier versions only; what has been written down of them stays readable.
NO_LONGER_SAID = {awards.CertificatePrinted}


def test_gateway_is_asked_over_http_only():
    rows = table_of(ROOT / "services/gateway/README.md")

    assert (rows["is asked"], rows["hears"]) == ("HTTP", "nothing")


def test_every_message_is_used():
    asked = {kind for service in SERVICES for kind in entrypoints.of(service).asked}
    said = {kind for service in SERVICES for kind in entrypoints.of(service).said}

    assert set(entrypoints.messages(entrypoints.Message)) == asked | said | NO_LONGER_SAID


@pytest.mark.parametrize(
    "kind", [KernelSettings, *settings.own_settings().values()], ids=lambda kind: kind.__name__
)
def test_every_setting_has_its_sentence(kind):
    names = [field.name for field in fields(kind)]

    assert list(settings.sentences(kind)) == names


def test_every_term_of_the_glossary_is_in_the_code():
    lost = [name for name in code_names() if not exists(name)]

    assert lost == []


def test_glossary_has_vietnamese_for_every_term():
    rows = glossary()

    assert [row[0] for row in rows if not re.search(r"\w", row[1])] == []
    assert len({row[0] for row in rows}) == len(rows)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name):
    document = ROOT / name
    found = [link for link in LINK.findall(document.read_text()) if "://" not in link]

    lost = [link for link in found if not leads_somewhere(document, link)]
    assert lost == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_named_files_and_targets_exist(name):
    text = (ROOT / name).read_text()
    makefile = (ROOT / "Makefile").read_text()

    lost = [path for path in PATH.findall(text) if not (ROOT / path).exists()]
    lost += [name for name in TARGET.findall(text) if f"\n{name}:" not in makefile]
    assert lost == []


def test_example_in_the_readme_is_from_the_code():
    (example,) = re.findall(
        r"^```python\n(.*?)^```", (ROOT / "README.md").read_text(), re.MULTILINE | re.DOTALL
    )

    service = (ROOT / "services/review/service/marks.py").read_text()
    assert textwrap.indent(example, "    ") in service


def test_readme_is_short():
    assert len((ROOT / "README.md").read_text().splitlines()) < 100


def table_of(readme: Path) -> dict[str, str]:
    """Return the rows of a service's table by what stands in front."""
    rows = re.findall(r"^\| \*\*([a-z ]+)\*\* \| (.*) \|$", readme.read_text(), re.MULTILINE)
    return dict(rows)


def named(cell: str) -> list[str]:
    """Return the messages a cell names, sorted."""
    return sorted(MESSAGE.findall(cell))


def glossary() -> list[list[str]]:
    """Return the rows of the glossary: term, Vietnamese, what it is, in the code."""
    lines = (ROOT / "docs/glossary.md").read_text().splitlines()
    rows = [
        [cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if "|" in line
    ]
    return [row for row in rows if row[0] != "term" and not row[0].startswith("---")]


def code_names() -> list[str]:
    """Return every name that the glossary says is in the code."""
    return [name for row in glossary() for name in re.findall(r"`([^`]+)`", row[3])]


def exists(name: str) -> bool:
    """Tell whether `intake.EntrySubmitted`, `services.review.domain.panel.Panel` … is there."""
    for prefix in ("", "contracts.", "services.", "kernel."):
        parts = (prefix + name).split(".")
        for cut in range(len(parts), 0, -1):
            try:
                found: object = importlib.import_module(".".join(parts[:cut]))
            except ModuleNotFoundError:
                continue
            if has(found, parts[cut:]):
                return True
    return False


def has(found: object, names: list[str]) -> bool:
    """Tell whether an attribute, or a field of a struct, is there under these names."""
    for name in names:
        annotated = getattr(found, "__annotations__", {})
        if not hasattr(found, name) and name not in annotated:
            return False
        found = getattr(found, name, None)
    return True


def leads_somewhere(document: Path, link: str) -> bool:
    """Tell whether a relative link names a file, and a heading that is in it."""
    name, _, heading = link.partition("#")
    target = document.parent / name if name else document
    if not target.exists():
        return False
    return not heading or heading in headings(target)


def headings(document: Path) -> set[str]:
    """Return the anchors of a document's headings."""
    found = re.findall(r"^#+ (.*)$", document.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in found}
