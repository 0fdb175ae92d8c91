"""Documents made to harm end with a reason, in a process that can reach nothing."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from services.originality.extraction.documents import Extracted
from services.originality.extraction.reader.workbook import L, R, S
from tests.unit.originality.papers import (
    DOCX,
    PDF,
    RTF,
    XLSX,
    billion_laughs,
    bomb_docx,
    bomb_pdf,
    docx,
    paragraph,
    read,
    reading_a_file,
    run,
    zipped,
)

ROOT = Path(__file__).parents[3]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("made", "media_type"),
    [(reading_a_file, DOCX), (billion_laughs, DOCX), (bomb_docx, DOCX), (bomb_pdf, PDF)],
)
def test_bombs_and_entities_are_refused_before_they_are_unpacked(made, media_type):
    assert read(made(), media_type) == Extracted(problem="UNSAFE")


@pytest.mark.slow
def test_bomb_whose_filters_are_spelt_otherwise_is_refused():
    assert read(bomb_pdf("/#46lateDecode /Fl#61teDecode"), PDF) == Extracted(problem="UNSAFE")


@pytest.mark.slow
def test_bomb_whose_filters_are_kept_elsewhere_ends_with_its_reader():
    assert read(bomb_pdf("7 0 R 7 0 R"), PDF) == Extracted(problem="TOO_BIG")


def test_entities_in_another_coding_are_refused():
    wide = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE d [<!ENTITY a "ha">]><d>&a;</d>'

    found = read(docx(paragraph(run("x")), **{"styles.xml": wide.encode("utf-16")}), DOCX)

    assert found == Extracted(problem="UNSAFE")


def test_entities_of_a_sheet_are_refused():
    book = '<!DOCTYPE d [<!ENTITY a "ha">]><workbook>&a;</workbook>'

    assert read(zipped({"xl/workbook.xml": book}), XLSX) == Extracted(problem="UNSAFE")


def test_groups_of_a_rich_text_nested_without_end_are_no_text():
    assert read(b"{\\rtf1 " + b"{" * 1_000_000, RTF) == Extracted(problem="DAMAGED")


def test_columns_hidden_over_and_over_are_looked_at_once():
    column = '<col min="1" max="999999999" hidden="1"/>'
    names = f'xmlns="{S[1:-1]}" xmlns:r="{R[1:-1]}"'
    sheet = f"<worksheet {names}><cols>{column * 50_000}</cols><sheetData><row>"
    sheet += f'<c r="ZZZ1" t="inlineStr"><is><t>{"chữ " * 20}</t></is></c>'
    sheet += "</row></sheetData></worksheet>"
    links = (
        f'<Relationships xmlns="{L[1:-1]}"><Relationship Id="a" Target="s.xml"/></Relationships>'
    )
    book = f'<workbook {names}><sheets><sheet name="S" r:id="a"/></sheets></workbook>'
    parts = {"xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": links, "xl/s.xml": sheet}

    assert [sign.detail for sign in read(zipped(parts), XLSX).signs] == ["vanished"]


def test_tags_nested_without_end_are_damage():
    deep = "<w:sdt>" * 5000 + paragraph(run("x")) + "</w:sdt>" * 5000

    assert read(docx(deep), DOCX) == Extracted(problem="DAMAGED")


TRYING = """
import json, os, resource, socket, sys
from services.originality.extraction.reader.limits import READING, limit, mapped_memory
from services.originality.extraction.reader.seal import Seal

def outcome(what):
    try:
        what()
    except OSError as error:
        return error.errno
    return "done"

secret, writable = sys.argv[1:]
told = os.dup(1)
limit(READING, mapped_memory())
Seal().put_on()
tried = {
    "socket": lambda: socket.socket(),
    "unix socket": lambda: socket.socket(socket.AF_UNIX),
    "datagram pair": lambda: socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM),
    "stream pair": lambda: socket.socketpair(),
    "read a secret": lambda: open(secret).read(),
    "list a folder": lambda: os.listdir(os.path.dirname(secret)),
    "make a file": lambda: open(writable, "w"),
    "read a library": lambda: open(os.__file__).read(1),
    "mount": lambda: os.unshare(0x20000) if hasattr(os, "unshare") else os.open(secret, 0),
}
os.write(told, json.dumps({name: outcome(what) for name, what in tried.items()}).encode())
"""


def test_sealed_process_reaches_neither_network_nor_files(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("khóa")
    command = [sys.executable, "-c", TRYING, str(secret), str(tmp_path / "new")]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)

    refused, denied = 1, 13  # EPERM of the filter, EACCES of Landlock
    assert json.loads(done.stdout) == {
        "socket": refused,
        "unix socket": refused,
        "datagram pair": refused,
        "stream pair": "done",
        "read a secret": denied,
        "list a folder": denied,
        "make a file": denied,
        "read a library": "done",
        "mount": denied,
    }


def test_programs_it_starts_are_sealed_too():
    script = """
import subprocess, sys
from services.originality.extraction.reader.seal import Seal
Seal().put_on()
inner = "import socket; socket.create_connection(('127.0.0.1', {}))"
done = subprocess.run([sys.executable, "-c", inner.format(sys.argv[1])], capture_output=True)
sys.stdout.write(done.stderr.decode())
"""
    with socket.create_server(("127.0.0.1", 0)) as server:
        command = [sys.executable, "-c", script, str(server.getsockname()[1])]

        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)

    assert "PermissionError" in done.stdout


def test_readers_know_nothing_of_the_service():
    environment = os.environ | {"DATABASE_URL": "postgresql://secret"}
    script = (
        "from services.originality.extraction.desk import started;"
        "reader = started(); print(open(f'/proc/{reader.pid}/environ').read()); reader.kill()"
    )

    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert "secret" not in done.stdout
