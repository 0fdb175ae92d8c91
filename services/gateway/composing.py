"""JSON as it is passed on: its text is composed Unicode (NFC), however it was typed or escaped.

Vietnamese from a Mac arrives decomposed; two spellings of one name must not differ.
"""

import re
from typing import Any
from unicodedata import normalize

from litestar import Request
from litestar.datastructures import State

from services.gateway.domain import BadText

ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|.)", re.DOTALL)


class ComposedRequest(Request[None, None, State]):
    """A request whose JSON is read composed."""

    async def json(self) -> Any:  # noqa: ANN401  # as in litestar
        """Return the body, composed; raises `BadText`."""
        self._body = composed(await self.body())
        return await super().json()


def composed(body: bytes) -> bytes:
    """Return a JSON document with its text composed; raises `BadText`."""
    try:
        text = body.decode()
    except UnicodeDecodeError as problem:
        raise BadText from problem
    return normalize("NFC", ESCAPED.sub(unescaped, text)).encode()


def unescaped(found: re.Match[str]) -> str:
    r"""Return the letter that `\u…` stands for, unless JSON needs the escape itself."""
    code = int(found[1] or "1", 16)
    if code == 0:
        raise BadText
    return found[0] if code < 0x80 or 0xD800 <= code < 0xE000 else chr(code)
