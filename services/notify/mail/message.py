"""A letter as the bytes that travel: headers, texts and files, the same id at every try.

Written by hand, for the library takes longer over a letter than everything else together.
"""

import base64
import re
from binascii import b2a_qp
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import encode_rfc2231, format_datetime, parseaddr

from services.notify.written import Attachment, Letter

# Stricter than the mail standards, and than the library, which a strange address breaks.
ADDRESS = re.compile(r"[\w.!#$%&'*+/{|}~^`-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", re.ASCII)
LINE_END = re.compile(r"\r\n|\r|\n")
LONGEST_ADDRESS = 254  # RFC 5321
PLAIN_WORDS = 60  # letters of a header that needs no encoding and no fold
WORD_BYTES = 45  # of one encoded word, which has 75 letters at most (RFC 2047)
MIXED, EITHER = "=_mixed", "=_either"  # no encoded text has `=_` in it


class BadAddress(ValueError):
    """This is not an e-mail address that can be written to."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A letter and where it goes; `delivery_id` lets a repeat be recognised."""

    delivery_id: str
    name: str
    address: str
    written: Letter


def enclose(mail: Mail, sender: str, now: datetime) -> bytes:
    """Return the letter with CRLF line ends. Raises `BadAddress`."""
    if not ADDRESS.fullmatch(mail.address) or len(mail.address) > LONGEST_ADDRESS:
        raise BadAddress
    written = mail.written
    lines = [
        f"From: {mailbox(*parseaddr(sender))}",
        f"To: {mailbox(mail.name, mail.address)}",
        f"Subject: {in_header(header_words(written.subject))}",
        f"Date: {format_datetime(now)}",
        f"Message-ID: {message_id(mail.delivery_id, sender)}",
        "Auto-Submitted: auto-generated",
        "MIME-Version: 1.0",
    ]
    if written.unsubscribe_url:
        lines += [
            f"List-Unsubscribe: <{written.unsubscribe_url}>",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        ]
    return "\r\n".join(lines).encode() + b"\r\n" + body_of(written)


def body_of(written: Letter) -> bytes:
    """Return the text, as HTML beside it where there is one, and the files after both."""
    read = text_part("plain", written.text)
    if written.html is not None:
        read = bundle("alternative", EITHER, read, text_part("html", written.html))
    if written.attachments:
        read = bundle("mixed", MIXED, read, *map(file_part, written.attachments))
    return read


def bundle(kind: str, boundary: str, *parts: bytes) -> bytes:
    """Return parts as one: its header and body."""
    begin = f"--{boundary}\r\n".encode()
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode()
    whole = b"".join(begin + part + b"\r\n" for part in parts)
    return head + whole + f"--{boundary}--\r\n".encode()


def text_part(kind: str, text: str) -> bytes:
    """Return a text: its header and body, no line longer than 76."""
    ended = "\r\n".join(LINE_END.split(text))
    return (
        f'Content-Type: text/{kind}; charset="utf-8"\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    ).encode() + b2a_qp(ended.encode())


def file_part(one: Attachment) -> bytes:
    """Return a file; text says in which letters, so that mail programs show calendars."""
    charset = '; charset="utf-8"' if one.media_type.startswith("text/") else ""
    name = encode_rfc2231(one.name, "utf-8")
    coded = base64.encodebytes(one.content).replace(b"\n", b"\r\n")
    return (
        f"Content-Type: {one.media_type}{charset}\r\n"
        f"Content-Disposition: attachment; filename*={name}\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\n"
    ).encode() + coded


def message_id(delivery_id: str, sender: str) -> str:
    """Return the id of a delivery's letter, by which a bounce is recognised too."""
    return f"<{delivery_id}@{sender.rpartition('@')[2].rstrip('>')}>"


def mailbox(name: str, address: str) -> str:
    """Return a name and an address as a header has them."""
    said = header_words(name)
    if not said:
        return address
    if said.isascii() and len(said) <= PLAIN_WORDS:
        quoted = re.sub(r'(["\\])', r"\\\1", said)
        return f'"{quoted}" <{address}>'
    return f"{encoded(said)}\r\n <{address}>"


def in_header(text: str) -> str:
    """Return text as a header has it, in encoded words where it needs any (RFC 2047)."""
    return text if text.isascii() and len(text) <= PLAIN_WORDS else encoded(text)


def encoded(text: str) -> str:
    """Return text in encoded words, a line each."""
    words = (base64.b64encode(chunk).decode() for chunk in chunks(text))
    return "\r\n ".join(f"=?utf-8?b?{word}?=" for word in words)


def chunks(text: str) -> Iterator[bytes]:
    """Cut text into pieces of 45 bytes at most, between letters."""
    chunk = b""
    for letter in text:
        coded = letter.encode()
        if len(chunk) + len(coded) > WORD_BYTES:
            yield chunk
            chunk = b""
        chunk += coded
    if chunk:
        yield chunk


def header_words(text: str) -> str:
    """Return a name as a header may carry it: in one line, and no encoded word (RFC 2047)."""
    letters = (letter if letter.isprintable() else " " for letter in text)
    return " ".join("".join(letters).replace("=?", "= ?").split())
