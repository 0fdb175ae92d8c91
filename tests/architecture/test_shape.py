"""The repository keeps its shape: short modules, independent services, a plain kernel."""

import ast
import io
import re
import shutil
import subprocess
import sys
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SERVICES = sorted(path.parent.name for path in ROOT.glob("services/*/README.md"))
MODULES = sorted(
    path.relative_to(ROOT)
    for folder in ("services", "contracts", "kernel", "telemetry", "press", "upkeep", "invariants")
    for path in (ROOT / folder).rglob("*.py")
)
KERNEL = sorted(path for path in (ROOT / "kernel").rglob("*.py"))

MODULE_LINES = 250
SERVICE_LINES = 150  # of a module of entrypoints: one screen of commands, one of events
README_LINES = 30
RECOUNT_LINES = 1000  # of code
KERNEL_STATEMENTS = 1500  # docs/adr/0010-rules-are-values.md says what counts
BESIDE_THE_PROCESS = {
    *(
        "testing.py",
        "child.py",
        "operate.py",
        "audit.py",
        "later.py",
        "door.py",
        "tap.py",
        "schema.py",
        "env.py",
        "0001_first.py",
        "0002_turns.py",
    ),
}

# The contest's own words. `round` and `mark` are left out: Python rounds, the relay marks.
WORDS_OF_THE_CONTEST = {
    *("contest", "contests", "entry", "entries", "entrant", "entrants", "judge", "judges"),
    *("jury", "juries", "prize", "prizes", "award", "rubric", "criterion", "score", "scores"),
    *("originality", "plagiarism", "certificate", "initiative", "initiatives", "dossier"),
    *("receipt", "agency", "author", "authors", "ranking", "province"),
}


def is_of_entrypoints(module: Path) -> bool:
    return "service" in (module.stem, module.parent.name)


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_module_fits_on_a_few_screens(module):
    lines = (ROOT / module).read_text().splitlines()

    budget = SERVICE_LINES if is_of_entrypoints(module) else MODULE_LINES
    assert len(lines) <= budget, "split it by topic"


def test_kernel_is_small():
    in_a_process = [path for path in KERNEL if path.name not in BESIDE_THE_PROCESS]

    assert sum(map(statements, in_a_process)) <= KERNEL_STATEMENTS


@pytest.mark.parametrize("path", KERNEL, ids=lambda path: path.name)
def test_kernel_has_no_word_of_the_contest(path):
    words = {
        word.lower() for name in identifiers(path) for word in re.findall(r"[A-Z]?[a-z]+", name)
    }

    assert words & WORDS_OF_THE_CONTEST == set()


@pytest.mark.parametrize("service", SERVICES)
def test_readme_is_read_in_a_minute(service):
    lines = (ROOT / "services" / service / "README.md").read_text().splitlines()

    assert len(lines) <= README_LINES


def test_recount_is_read_in_an_afternoon():
    """Python and SQL together, without blank lines, comments and docstrings."""
    modules = (ROOT / "recount").glob("*.py")
    asked = (ROOT / "recount/questions.sql").read_text().splitlines()

    of_python = sum(len(lines_of_code(path.read_text())) for path in modules)
    of_sql = sum(bool(line.strip()) and not line.startswith("--") for line in asked)

    assert of_python + of_sql < RECOUNT_LINES


@pytest.mark.slow
@pytest.mark.parametrize("service", SERVICES)
def test_service_starts_without_its_neighbours(service, tmp_path):
    # The same folders that deploy/Dockerfile copies into an image.
    for folder in ("kernel", "telemetry", "contracts", "press", "upkeep", f"services/{service}"):
        left_out = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=left_out)
    (tmp_path / "services/__init__.py").touch()

    modules = [
        ".".join(path.relative_to(tmp_path).with_suffix("").parts)
        for path in (tmp_path / "services" / service).rglob("*.py")
        if "migrations" not in path.parts
    ]
    start = [sys.executable, "-W", "ignore", "-c", f"import {', '.join(sorted(modules))}"]
    result = subprocess.run(start, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stderr


@pytest.mark.slow
def test_services_start_without_what_few_of_their_processes_need():
    heavy = {"openpyxl", "numpy", "docx", "typst", "PIL", "pypdfium2", "kreuzberg", "pyhanko"}
    services = ", ".join(f"services.{one}.service" for one in SERVICES if one != "originality")
    # What originality searches by is in the service itself: last, as it brings numpy.
    look = (
        f"import sys; import {services}; print(*sys.modules); import services.originality.service"
    )
    said = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", f"{look}; print(*sys.modules)"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip

    assert [heavy & set(names.split()) for names in said] == [set(), {"numpy"}]


def test_an_image_may_copy_what_it_copies():
    copied = {
        source
        for line in (ROOT / "deploy/Dockerfile").read_text().splitlines()
        if line.startswith("COPY ") and "--from=" not in line
        for source in line.split()[1:-1]
    }
    let_through = [
        line[1:]
        for line in (ROOT / ".dockerignore").read_text().splitlines()
        if line.startswith("!")
    ]

    kept_back = {
        source
        for source in copied
        if not any(source == one or source.startswith(f"{one}/") for one in let_through)
    }
    assert kept_back == set()


def statements(path: Path) -> int:
    """Count what a module does: a statement once, docstrings not."""
    nodes = ast.walk(ast.parse(path.read_text()))
    found = [node for node in nodes if isinstance(node, ast.stmt)]
    return sum(not is_docstring(node) for node in found)


def lines_of_code(text: str) -> set[int]:
    """Return the lines of a module that say something: no comment, no docstring, no blank."""
    found: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.string.strip() and token.type != tokenize.COMMENT:
            found |= set(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.stmt) and is_docstring(node):
            found -= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return {number for number in found if text.splitlines()[number - 1].strip()}


def is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def identifiers(path: Path) -> set[str]:
    """Return every name a module gives or uses."""
    reader = io.StringIO(path.read_text()).readline
    return {
        token.string for token in tokenize.generate_tokens(reader) if token.type == tokenize.NAME
    }
