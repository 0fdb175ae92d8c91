"""Aligns pairs of files and writes what they share, in the form of PAN's text alignment task.

A folder holds `susp/`, `src/` and a file `pairs`, a text and a source a line; or several folders
that hold such a file, as PAN's corpora do.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import quoteattr

import click

from services.originality.engine.alignment import Text, align
from services.originality.engine.words import scan

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_NEW_FOLDER = click.Path(file_okay=False, path_type=Path)
_KEPT = 64  # texts; the pairs of one text stand near each other


@click.command()
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.option("--to", "output", type=_NEW_FOLDER, required=True, help="Where detections go.")
def pairs(folder: Path, output: Path) -> None:
    """Align every pair of DIR; write a detection file per pair (PAN's XML)."""
    lists = sorted([*folder.glob("pairs"), *folder.glob("*/pairs")])
    if not lists:
        raise click.ClickException(f"{folder} has no file named pairs.")
    written = found = 0
    for listed in lists:
        # Detections of several lists stand in as many folders.
        place = output / listed.parent.relative_to(folder)
        place.mkdir(parents=True, exist_ok=True)
        for suspicious, source in _named(listed):
            features = list(_features(folder / "susp" / suspicious, folder / "src" / source))
            name = f"{Path(suspicious).stem}-{Path(source).stem}.xml"
            (place / name).write_text(_document(suspicious, features), encoding="utf-8")
            written, found = written + 1, found + len(features)
    click.echo(f"{written} pairs, {found} passages")


def _named(listed: Path) -> Iterator[tuple[str, str]]:
    """Yield the pairs of a list."""
    for number, line in enumerate(listed.read_text(encoding="utf-8").splitlines(), start=1):
        names = line.split()
        if len(names) == 2:
            yield names[0], names[1]
        elif names:
            raise click.ClickException(f"{listed}:{number}: two names are wanted, not {line!r}.")


def _features(suspicious: Path, source: Path) -> Iterator[str]:
    """Yield every passage of a pair as an element."""
    here, there = _read(suspicious), _read(source)
    for passage in align(here, there):
        start, end = here.span(passage.first, passage.last)
        source_start, source_end = there.span(passage.source_first, passage.source_last)
        yield (
            '<feature name="detected-plagiarism" '
            f'this_offset="{start}" this_length="{end - start}" '
            f"source_reference={quoteattr(source.name)} "
            f'source_offset="{source_start}" source_length="{source_end - source_start}" />'
        )


@lru_cache(_KEPT)
def _read(path: Path) -> Text:
    """Read a text; its offsets count every character, also of line ends."""
    try:
        words = scan(path.read_bytes().decode("utf-8"))
    except OSError as error:
        raise click.ClickException(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{path} is not UTF-8 (byte {error.start + 1}).") from error
    return Text.whole(words)


def _document(suspicious: str, features: list[str]) -> str:
    """Return the file of one pair."""
    lines = [f"<document reference={quoteattr(suspicious)}>", *features, "</document>", ""]
    return "\n".join(lines)
