"""What of a backup needs no server: keys, folders, manifests, and what is not heard."""

import gzip
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.public import PrivateKey

from upkeep.backup import keys, manifest
from upkeep.backup.files import Folder, NotEmpty
from upkeep.backup.manifest import Document, Documents, Manifest, NoBackup, Positions, Service
from upkeep.backup.places import Place
from upkeep.backup.unheard import difference

NOW = datetime(2026, 1, 1, tzinfo=UTC)
KEYS = {"ledger/LEDGER_KEY": b"a" * 64, "awards/SIGN_PASSWORD": b"ngan"}


@given(st.sets(st.text("abc", max_size=4)), st.sets(st.text("abc", max_size=4)))
def test_what_was_said_and_not_heard_is_found_in_one_pass(said, heard):
    rows = (((each,) for each in sorted(ids)) for ids in (said, heard))

    found = list(difference(*rows))

    assert found == sorted(said - heard)


def test_keys_open_for_their_recipient_and_for_nobody_else():
    private = PrivateKey.generate()
    close = keys.to_recipient(bytes(private.public_key).hex())

    closed = close(keys.packed(KEYS))

    assert keys.unpacked(keys.open_private(closed, bytes(private).hex())) == KEYS
    assert KEYS["ledger/LEDGER_KEY"] not in closed
    with pytest.raises(keys.CannotOpen):
        keys.open_private(closed, bytes(PrivateKey.generate()).hex())


def test_keys_open_by_their_passphrase_and_by_no_other():
    closed = keys.under_passphrase("câu mật khẩu dài")(keys.packed(KEYS))

    assert keys.unpacked(keys.open_passphrase(closed, "câu mật khẩu dài")) == KEYS
    with pytest.raises(keys.CannotOpen):
        keys.open_passphrase(closed, "câu khác")


def test_a_short_key_leaves_no_digest_to_be_guessed_by():
    assert keys.digests(KEYS).keys() == {"ledger/LEDGER_KEY"}


def test_keys_are_told_from_passwords_of_servers(tmp_path):
    (tmp_path / "ben-a").mkdir()
    (tmp_path / "ben-a/khoa.p12").write_bytes(b"p12")
    (tmp_path / "dkim").write_text("pem\n")
    environment = {
        "S3_KEY": "intake",
        "S3_SECRET": "s",
        "DATABASE_URL": "postgresql://x",
        "DKIM_KEY_FILE": str(tmp_path / "dkim"),
        "SIGN_KEYS": str(tmp_path / "ben-a"),
        "SIGN_PASSWORD": "p",
    }

    found = Place("awards", environment).keys

    assert found == {"DKIM_KEY": b"pem", "SIGN_KEYS/khoa.p12": b"p12", "SIGN_PASSWORD": b"p"}


def a_backup(path) -> Manifest:
    """Make a backup of one service with one object."""
    folder = Folder.begin(path)
    digest, size = folder.keep_object([b"ti", b"eu de"])
    document = Document("khoa/1", size, digest, "etag", "text/plain")
    with folder.packed("documents/intake.jsonl.gz") as into:
        into.write(msgspec.json.encode(document) + b"\n")
    with folder.writing("rules/t/c-0.yaml") as into:
        into.write(b"id: c\n")
    kept = Service(
        ("intake_0001",), (), {}, Positions(0, 0, 0, 0, 0, "0/0"),
        Documents("documents/intake.jsonl.gz", 1, size, 1, 0),
    )  # fmt: skip
    closed = manifest.Keys("keys.json", "plain", {})
    made = Manifest(1, NOW, NOW, 0.1, NOW, {"intake": kept}, (), closed, tuple(folder.files))
    manifest.write(path, made)
    return made


def test_a_backup_is_sound_as_it_was_written(tmp_path):
    made = a_backup(tmp_path / "b")

    assert manifest.read(tmp_path / "b") == made
    assert list(manifest.verify(tmp_path / "b", made)) == []


@pytest.mark.parametrize("name", ["rules/t/c-0.yaml", "documents/intake.jsonl.gz", "objects"])
def test_one_changed_byte_in_any_file_is_found_and_the_file_named(tmp_path, name):
    made = a_backup(tmp_path / "b")
    path = tmp_path / "b" / name
    if path.is_dir():
        (path,) = [each for each in path.rglob("*") if each.is_file()]
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))

    (problem,) = manifest.verify(tmp_path / "b", made)

    assert problem.startswith(str(path.relative_to(tmp_path / "b")))


def test_a_lost_file_is_named(tmp_path):
    made = a_backup(tmp_path / "b")
    (tmp_path / "b/rules/t/c-0.yaml").unlink()

    assert list(manifest.verify(tmp_path / "b", made)) == ["rules/t/c-0.yaml: missing"]


def test_a_changed_manifest_is_none(tmp_path):
    a_backup(tmp_path / "b")
    path = tmp_path / "b/manifest.json"
    path.write_text(path.read_text().replace("khoa", "khoA").replace('"rows"', '"rowS"') + " ")

    with pytest.raises(NoBackup, match=r"manifest\.json is not as it was written"):
        manifest.read(tmp_path / "b")


def test_a_backup_that_was_cut_off_is_none_and_its_folder_is_used_again(tmp_path):
    Folder.begin(tmp_path / "b").keep_object([b"x"])
    with pytest.raises(NoBackup, match="not finished"):
        manifest.read(tmp_path / "b")

    Folder.begin(tmp_path / "b")

    assert [path.name for path in (tmp_path / "b").iterdir()] == ["UNFINISHED"]


def test_a_folder_with_something_else_is_left_alone(tmp_path):
    a_backup(tmp_path / "b")
    (tmp_path / "c").mkdir()
    (tmp_path / "c/thu.txt").touch()

    for name, what in (("b", "a backup"), ("c", "other files")):
        with pytest.raises(NotEmpty, match=what):
            Folder.begin(tmp_path / name)


def test_an_object_of_the_backup_before_is_shared_with_it(tmp_path):
    a_backup(tmp_path / "b")
    (path,) = [each for each in (tmp_path / "b/objects").rglob("*") if each.is_file()]
    folder = Folder.begin(tmp_path / "c")

    assert folder.share_object(tmp_path / "b", path.name)
    assert not folder.share_object(tmp_path / "b", "0" * 64)

    assert (tmp_path / "c" / path.relative_to(tmp_path / "b")).samefile(path)


def test_files_of_a_backup_are_the_same_bytes_for_the_same_rows(tmp_path):
    files = []
    for name in ("b", "c"):
        folder = Folder.begin(tmp_path / name)
        with folder.packed("databases/x.gz") as into:
            into.write(b"1\tA\n")
        files += folder.files
    assert files[0] == files[1]
    assert gzip.decompress((tmp_path / "b/databases/x.gz").read_bytes()) == b"1\tA\n"
