"""`sangkien originality pairs`: folders of pairs in, PAN's detections out."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.originality.plagdet import Passage, read
from services.originality.operate import group
from tests.unit.originality.disguise import paragraphs, text

PASSAGE = paragraphs("hen_gio")[2]


@pytest.fixture
def corpus(tmp_path) -> Path:
    """Return a folder with one copied and one clean pair, with the line ends of Windows."""
    for name in ("susp", "src"):
        (tmp_path / name).mkdir()
    source = text("hen_gio").replace("\n", "\r\n")
    copied = f"{text('kho_giay')}\n\n{PASSAGE}\n".replace("\n", "\r\n")
    (tmp_path / "src" / "s1.txt").write_bytes(source.encode())
    (tmp_path / "susp" / "a1.txt").write_bytes(copied.encode())
    (tmp_path / "susp" / "a2.txt").write_text(text("kho_giay"))
    return tmp_path


def run(*words: object):
    return CliRunner().invoke(group, ["pairs", *map(str, words)])


def test_every_pair_gets_a_file_that_names_the_shared_passage(corpus):
    (corpus / "pairs").write_text("a1.txt s1.txt\na2.txt s1.txt\n")

    done = run(corpus, "--to", corpus / "out")

    here = (corpus / "susp" / "a1.txt").read_bytes().decode()
    there = (corpus / "src" / "s1.txt").read_bytes().decode()
    copied = PASSAGE.rstrip(".")
    assert (done.exit_code, done.output) == (0, "2 pairs, 1 passages\n")
    assert read((corpus / "out" / "a1-s1.xml").read_text()) == [
        Passage(
            text="a1.txt",
            offset=here.index(copied),
            length=len(copied),
            source="s1.txt",
            source_offset=there.index(copied),
            source_length=len(copied),
        )
    ]
    assert read((corpus / "out" / "a2-s1.xml").read_text()) == []


def test_lists_in_folders_of_a_task_write_into_such_folders(corpus):
    (corpus / "02-no-obfuscation").mkdir()
    (corpus / "02-no-obfuscation" / "pairs").write_text("a1.txt s1.txt\n")

    run(corpus, "--to", corpus / "out")

    assert len(read((corpus / "out/02-no-obfuscation/a1-s1.xml").read_text())) == 1


def test_folder_without_a_list_is_refused(corpus):
    done = run(corpus, "--to", corpus / "out")

    assert (done.exit_code, done.output) == (1, f"Error: {corpus} has no file named pairs.\n")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("a1.txt\n", "pairs:1: two names are wanted, not 'a1.txt'."),
        ("a1.txt s9.txt\n", "s9.txt cannot be read: No such file or directory."),
    ],
)
def test_list_that_cannot_be_followed_is_refused(corpus, line, said):
    (corpus / "pairs").write_text(line)

    done = run(corpus, "--to", corpus / "out")

    assert done.exit_code == 1
    assert done.output.endswith(f"{said}\n")
