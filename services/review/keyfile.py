"""The file an officer keeps their key in, on their own machine: sealed under a passphrase."""

import os
from pathlib import Path

from nacl.exceptions import CryptoError
from nacl.pwhash import argon2id
from nacl.secret import SecretBox
from nacl.utils import random

from services.review.sealing import boxes
from services.review.sealing.boxes import Pair

HEAD = "sangkien-key-1"
SHORTEST = 12
OPERATIONS, MEMORY = argon2id.OPSLIMIT_MODERATE, argon2id.MEMLIMIT_MODERATE


class BadKeyFile(Exception):
    """The file holds no key, or the passphrase is not its own; the message says which."""


def write(path: Path, pair: Pair, passphrase: str) -> None:
    """Write a new key file that only its owner may read; one that is there is left alone."""
    if len(passphrase) < SHORTEST:
        raise BadKeyFile(f"Câu mật khẩu phải có ít nhất {SHORTEST} ký tự.")
    salt = random(argon2id.SALTBYTES)
    sealed = bytes(_box(passphrase, salt).encrypt(pair.private))
    lines = (HEAD, boxes.written(pair.public), boxes.encoded(salt), boxes.encoded(sealed))
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as problem:
        raise BadKeyFile(f"Đã có tệp {path}; hãy chọn tên khác.") from problem
    with os.fdopen(handle, "w") as file:
        file.write("\n".join(lines) + "\n")


def read(path: Path, passphrase: str) -> Pair:
    """Open a key file; raises `BadKeyFile`."""
    _, salt, sealed = _lines(path)
    try:
        return Pair.of(_box(passphrase, boxes.decoded(salt)).decrypt(boxes.decoded(sealed)))
    except (CryptoError, ValueError, boxes.CannotOpen) as problem:
        raise BadKeyFile("Câu mật khẩu không đúng.") from problem


def public_of(path: Path) -> str:
    """Return the public key written in a key file, for which no passphrase is needed."""
    return _lines(path)[0]


def _lines(path: Path) -> list[str]:
    head, *lines = path.read_text(errors="replace").split() or [""]
    if head != HEAD or len(lines) != 3:
        raise BadKeyFile(f"{path} không phải là tệp khóa.")
    return lines


def _box(passphrase: str, salt: bytes) -> SecretBox:
    return SecretBox(argon2id.kdf(32, passphrase.encode(), salt, OPERATIONS, MEMORY))
