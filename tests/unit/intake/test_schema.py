"""The schema that editors check rules files by."""

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, ValidationError
from ruamel.yaml import YAML

from services.gateway.api.contests import rules_schema

FILES = sorted(Path("contests").glob("*.yaml"))
VALIDATOR = Draft202012Validator(rules_schema())


def as_an_editor_reads(text: str):
    """Read YAML with instants and days as text."""
    yaml = YAML(typ="safe", pure=True)
    as_written = "tag:yaml.org,2002:timestamp"
    yaml.constructor.add_constructor(as_written, lambda one, node: one.construct_scalar(node))
    return yaml.load(text)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_shipped_file_fits(file):
    VALIDATOR.validate(as_an_editor_reads(file.read_text()))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("max_authors: 5", "max_author: 5"),
        ("blind: true", "blind: có"),
        ("count: 4", 'count: "4"'),
    ],
)
def test_a_wrong_key_or_kind_does_not(old, new):
    text = Path("contests/hau-giang-2022.yaml").read_text()
    assert old in text

    with pytest.raises(ValidationError):
        VALIDATOR.validate(as_an_editor_reads(text.replace(old, new)))


def test_files_name_the_schema_for_editors():
    first_lines = {file.read_text().partition("\n")[0] for file in FILES}

    assert first_lines == {"# yaml-language-server: $schema=../docs/reference/rules.schema.json"}
