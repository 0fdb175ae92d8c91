"""No sentence reaches people untranslated: every refusal of every service, every page.

Sentences are written in English and have their Vietnamese in `locale/vi`. Names by code are
written in Vietnamese where they are used, and have their English in `locale/en`.
"""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.gateway import words
from services.notify.domain.reasons import Reason

ROOT = Path(__file__).parents[3]
PLACES = [
    ROOT / "kernel",
    ROOT / "upkeep",
    *sorted(path.parent for path in ROOT.glob("services/*/__init__.py")),
]
ROOTS = {"Refused", "NotFound", "Forbidden", "Conflict"}
QUOTED = re.compile(r"\b_\(\s*(\"[^\"]*\"|'[^']*')")
TEMPLATES = sorted((ROOT / "services/gateway/portal/templates").glob("*.html"))
CATALOGUES = sorted((ROOT / "services/gateway/locale").glob("*/*.po"))
GATEWAY = sorted(
    path
    for path in (ROOT / "services/gateway").rglob("*.py")
    if path.name not in {"figures.py", "samples.py"}  # dates in both languages; sample data
)
VIETNAMESE = re.compile(r"[À-ÖØ-öø-ỹ]")
# In both languages: how each calls itself, and the currency.
NOT_SHOWN = {"đ", "sáng kiến", "Cốc Cốc"}  # a letter to fold, a word to guess, a browser's name
OWN_NAMES = re.compile(r"Tiếng Việt|đồng")


def refusals(place: Path) -> Iterator[str]:
    """Find what a package refuses with: templates raised, docstrings of errors raised bare."""
    trees = [ast.parse(path.read_text()) for path in sorted(place.rglob("*.py"))]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    docstrings = errors_of([node for node in nodes if isinstance(node, ast.ClassDef)])
    for node in nodes:
        match node:
            case ast.Raise(exc=ast.Name() | ast.Attribute() as raised):
                error, template = raised, None
            case ast.Call(func=error, args=[ast.Constant(value=str(template)), *_]):
                pass
            case ast.Call(func=error, args=[]):
                template = None
            case _:
                continue
        name = ast.unparse(error).rpartition(".")[2]
        if name in docstrings:
            yield docstrings[name] if template is None else template


def errors_of(classes: list[ast.ClassDef]) -> dict[str, str]:
    """Return the docstring of each error among the classes that people get to read."""
    errors = dict.fromkeys(ROOTS, "Your role does not allow this.")
    for _ in classes:
        for node in classes:
            if errors.keys() & {ast.unparse(base).rpartition(".")[2] for base in node.bases}:
                errors[node.name] = (ast.get_docstring(node, clean=False) or "").strip()
    return errors


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_every_refusal_is_translated(place):
    sentences = set(refusals(place))

    assert sentences - set(words.catalogue("vi")) == set()


def test_every_reason_why_a_notice_did_not_go_is_translated():
    assert {one.value for one in Reason} - set(words.catalogue("vi")) == set()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_sentence_of_a_page_is_translated(template):
    sentences = {ast.literal_eval(found) for found in QUOTED.findall(template.read_text())}

    assert sentences - set(words.catalogue("vi")) == set()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_no_vietnamese_but_in_the_catalogue(template):
    text = OWN_NAMES.sub("", template.read_text())

    assert VIETNAMESE.findall(text) == []


def literals(tree: ast.Module) -> Iterator[str]:
    """Find the text in a module that is not documentation."""
    nodes = list(ast.walk(tree))
    documents = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        match node:
            case ast.Constant(value=str(text)) if id(node) not in documents:
                yield text


@pytest.mark.parametrize("module", GATEWAY, ids=lambda path: path.stem)
def test_every_vietnamese_name_has_its_english(module):
    names = {one for one in literals(ast.parse(module.read_text())) if VIETNAMESE.search(one)}

    assert names - NOT_SHOWN - set(words.catalogue("en")) == set()


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_translation_has_the_parameters_of_its_sentence(language):
    def parameters(sentence: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}

    odd = {
        english: said
        for english, said in words.catalogue(language).items()
        if parameters(english) != parameters(said)
    }

    assert odd == {}


def test_the_same_sentence_is_not_translated_in_two_ways():
    said: dict[str, set[str]] = {}
    for path in CATALOGUES:
        for message in words.messages_of(path):
            said.setdefault(f"{path.parent.name}: {message[0]}", set()).add(message[1])

    assert {english: ways for english, ways in said.items() if len(ways) > 1} == {}
