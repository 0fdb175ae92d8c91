"""The entries as they are written: `entries/*.md`, a head of facts and a body of simple blocks."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from ruamel.yaml import YAML

ENTRIES = Path(__file__).parent / "entries"
FENCE = "---\n"
QUOTED = re.compile(r'"([^"\n]*)"')


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of text: a heading, a paragraph or a point of a list."""

    kind: Literal["heading", "paragraph", "point"]
    text: str


@dataclass(frozen=True, slots=True)
class Figures:
    """A table; its first row is the head."""

    rows: tuple[tuple[str, ...], ...]
    kind: Literal["figures"] = "figures"


Body: TypeAlias = tuple[Block | Figures, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """One entry as its authors wrote it. `role` says what the demo shows with it."""

    stem: str
    number: int
    title: str
    summary: str
    area: str
    kind: str
    group: str
    unit: str | None
    format: Literal["docx", "pdf"]
    role: str
    improves: tuple[str, ...]
    body: Body
    words: int

    @property
    def file(self) -> str:
        """Name of the description's file under `files/`."""
        return f"{self.stem}.{self.format}"


def read_texts() -> tuple[Text, ...]:
    """Read every entry, by number."""
    return tuple(read_text(path) for path in sorted(ENTRIES.glob("*.md")))


def read_text(path: Path) -> Text:
    """Read one entry. Raises KeyError when its head lacks a fact."""
    _, head, body = path.read_text(encoding="utf-8").split(FENCE, 2)
    facts = YAML(typ="safe").load(head)
    return Text(
        stem=path.stem,
        number=facts["number"],
        title=curl(facts["title"]),
        summary=facts["summary"],
        area=facts["area"],
        kind=facts["kind"],
        group=facts["group"],
        unit=facts["unit"],
        format=facts["format"],
        role=facts["role"],
        improves=tuple(facts["improves"]),
        body=parse(curl(body)),
        words=len(body.split()),
    )


def curl(words: str) -> str:
    """Turn straight quotation marks into the printer's ones."""
    return QUOTED.sub(r"“\1”", words)


def parse(body: str) -> Body:
    """Split a body into blocks: `## ` heads, `- ` points, `| ` rows, and else paragraphs."""
    blocks: list[Block | Figures] = []
    rows: list[tuple[str, ...]] = []
    for line in [*body.splitlines(), ""]:
        if line.startswith("| "):
            rows.append(tuple(cell.strip() for cell in line.strip("|").split("|")))
            continue
        if rows:
            blocks.append(Figures((rows[0], *rows[2:])))
            rows = []
        if line:
            blocks.append(parse_line(line))
    return tuple(blocks)


def parse_line(line: str) -> Block:
    """Tell a heading and a point from a paragraph; each stands on one line."""
    if line.startswith("## "):
        return Block("heading", line.removeprefix("## "))
    if line.startswith("- "):
        return Block("point", line.removeprefix("- "))
    return Block("paragraph", line)
