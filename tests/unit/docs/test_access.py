"""The table of access names every address, and agrees with what the services ask."""

import ast
import re
from pathlib import Path

import pytest

from docs.generator import access
from services.gateway.domain import PLAIN_ROLES
from services.gateway.portal import pages

ROOT = Path(__file__).parents[3]
PORTAL = ROOT / "services/gateway/portal"
ROLES = PLAIN_ROLES | {"operator", "authority", "client"}
# Where a browser is sent: a page of ours, a link of the store, a provider.
SENDERS = {"portal/pages.py", "api/routes.py", "portal/providers.py"}
SECURITY = ROOT / "docs/security.md"
TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def test_every_address_has_a_line_and_no_line_is_left_over():
    assert set(access.access()) == set(access.routes())


def test_lines_say_everybody_signed_in_or_roles_that_exist():
    for route, who in access.access().items():
        known = who in (access.EVERYBODY, access.SIGNED_IN) or set(who) <= ROLES
        assert known, f"{route}: {who}"


def test_who_must_sign_in_is_asked_to():
    for route, who in access.access().items():
        if access.needs_sign_in(access.routes()[route]):
            assert who != access.EVERYBODY, route


@pytest.mark.slow
def test_what_the_services_ask_is_what_the_table_says():
    for route, who in access.access().items():
        asked = access.asked_of_services(access.routes()[route]) & ROLES
        if isinstance(who, list) and asked:
            # Which authority may is said by the rules of a contest, not by a word in the code.
            assert set(who) - {"authority"} <= asked, (
                f"{route}: the services ask for {sorted(asked)}"
            )


def test_nobody_is_sent_to_an_address_from_the_request():
    senders = {
        str(path.relative_to(PORTAL.parent))
        for path in PORTAL.parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Redirect"
    }

    assert senders == SENDERS
    for elsewhere in ("https://evil.example", "//evil.example", "/\\evil.example", "evil", ""):
        with pytest.raises(ValueError, match=r".*"):
            pages.go(elsewhere)


@pytest.mark.parametrize(
    "template", sorted((PORTAL / "templates").glob("*.html")), ids=lambda path: path.name
)
def test_every_form_of_every_page_carries_the_token(template):
    text = template.read_text()
    macros = re.findall(r"{% macro (\w+)\([^%]*%}(.*?){% endmacro", text, re.DOTALL)
    bringing = ["hidden", *(name for name, body in macros if "hidden()" in body)]

    for form in re.findall(r"<form\b(.*?)</form>", text, re.DOTALL):
        if 'method="post"' in form.partition(">")[0]:
            brings = any(f"{name}(" in form for name in bringing)
            assert brings or 'value="{{ form_token }}"' in form, form[:200]


def test_every_test_that_the_security_table_names_is_there():
    named = TEST.findall(SECURITY.read_text())

    lost = [f"{path}::{name}" for path, name in named if not has_test(ROOT / path, name)]
    assert lost == []
    assert len(named) > 40


def has_test(path: Path, name: str) -> bool:
    return path.is_file() and (not name or f"def {name}(" in path.read_text())


def test_every_item_of_the_security_table_has_a_test_or_a_reason():
    rows = [line for line in SECURITY.read_text().splitlines() if re.match(r"\| \d", line)]

    assert len(rows) > 40
    for row in rows:
        cells = [cell.strip() for cell in row.strip("|").split(" | ")]
        assert len(cells) == 3, row
        assert all(cells), row
