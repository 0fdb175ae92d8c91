"""No sentence reaches people untranslated: every refusal of every service, every page."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.gateway import words

ROOT = Path(__file__).parents[3]
PLACES = sorted([*ROOT.glob("services/*/"), ROOT / "kernel"])
ROOTS = {"Refused", "NotFound", "Forbidden", "Conflict"}
QUOTED = re.compile(r"\b_\(\s*(\"[^\"]*\"|'[^']*')")
TEMPLATES = sorted((ROOT / "services/gateway/portal/templates").glob("*.html"))
CATALOGUES = sorted((ROOT / "services/gateway/locale/vi").glob("*.po"))


def refusals(place: Path) -> Iterator[str]:
    """Find what a package may refuse with: docstrings of errors and templates raised."""
    trees = [ast.parse(path.read_text()) for path in sorted(place.rglob("*.py"))]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    classes = [node for node in nodes if isinstance(node, ast.ClassDef)]
    errors = set(ROOTS)
    while True:
        found = {c.name for c in classes if errors & {ast.unparse(base) for base in c.bases}}
        if found <= errors:
            break
        errors |= found
    for node in classes:
        if node.name in errors:
            yield (ast.get_docstring(node, clean=False) or "").strip()
    for node in nodes:
        if isinstance(node, ast.Call) and node.args and ast.unparse(node.func) in errors:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_every_refusal_is_translated(place):
    sentences = set(refusals(place))

    assert sentences - set(words.catalogue("vi")) == set()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_sentence_of_a_page_is_translated(template):
    sentences = {ast.literal_eval(found) for found in QUOTED.findall(template.read_text())}

    assert sentences - set(words.catalogue("vi")) == set()


def test_a_translation_has_the_parameters_of_its_sentence():
    def parameters(sentence: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}

    odd = {
        english: said
        for english, said in words.catalogue("vi").items()
        if parameters(english) != parameters(said)
    }

    assert odd == {}


def test_the_same_sentence_is_not_translated_in_two_ways():
    said: dict[str, set[str]] = {}
    for path in CATALOGUES:
        for message in words.messages_of(path):
            said.setdefault(message[0], set()).add(message[1])

    assert {english: ways for english, ways in said.items() if len(ways) > 1} == {}
