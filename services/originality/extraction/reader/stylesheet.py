"""Single styles out of a `styles.xml`, of which a document uses five and has hundreds.

Most files are plain enough to be cut at their tags, so that only what is asked for is parsed.
Whatever is unusual (comments, references, another prefix) is parsed as a whole: a style must not
be found that Word would not find, nor missed.
"""

import re
from functools import cached_property

from services.originality.extraction.reader.packages import Node, xml

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEAD = re.compile(rb"<w:styles\b[^>]*(?<!/)>")
_ID = re.compile(rb'<w:style\s[^>]*\bw:styleId="([^"]*)"[^>]*(?<!/)>')
_BEGIN, _END = b"<w:style", b"</w:style>"
_DEFAULTS, _DEFAULTS_END = b"<w:docDefaults>", b"</w:docDefaults>"
_CODING = re.compile(rb"encoding=.(?!UTF-8)", re.IGNORECASE)
_UNUSUAL = (b"&", b"<!")
_DECLARATION = 200  # bytes in which an encoding is named


class Stylesheet:
    """The styles of a document; none if there is no such part."""

    def __init__(self, content: bytes | None) -> None:
        self.content = content or b""
        self.head = _HEAD.search(self.content, 0, 10 * _DECLARATION)
        self.pieces = self._cut()

    def _cut(self) -> dict[bytes, bytes] | None:
        """Return the styles by their ids, None where the file is not plain enough to be cut."""
        content = self.content
        if (
            self.head is None
            or content.count(W[1:-1].encode()) != 1
            or any(sign in content for sign in _UNUSUAL)
            or _CODING.search(content, 0, _DECLARATION)
        ):
            return None
        pieces = {}
        for chunk in content.split(_END)[:-1]:
            start = max(chunk.find(_BEGIN + b" "), 0)
            named = _ID.match(chunk, start)
            if named is None:
                return None
            pieces[named[1]] = chunk[start:] + _END
        # The head begins like a style; no style may be there twice, or within another.
        return pieces if content.count(_BEGIN) == len(pieces) + 1 else None

    def style(self, name: str) -> Node | None:
        """Return the style with this id."""
        if self.pieces is None:
            return self._whole.get(name)
        piece = self.pieces.get(name.encode())
        return None if piece is None else self._parsed(piece)[0]

    @cached_property
    def default(self) -> Node | None:
        """The properties of letters of which nothing else is said."""
        path = f"{W}docDefaults/{W}rPrDefault/{W}rPr"
        start = self.content.find(_DEFAULTS)
        end = self.content.find(_DEFAULTS_END, start) + len(_DEFAULTS_END)
        if self.pieces is not None and 0 <= start < end:
            return self._parsed(self.content[start:end]).find(path)
        return None if self._root is None else self._root.find(path)

    @cached_property
    def normal(self) -> str | None:
        """The id of the style of paragraphs that name none."""
        if self.pieces is None:
            styles = self._whole
        else:
            marked = {name for name, piece in self.pieces.items() if b":default=" in piece}
            styles = {name.decode(): self._parsed(self.pieces[name])[0] for name in marked}
        for name, node in styles.items():
            if node.get(f"{W}type") == "paragraph" and node.get(f"{W}default") in ("1", "true"):
                return name
        return None

    def _parsed(self, piece: bytes) -> Node:
        """Parse a piece as if it were all there is."""
        head = self.head[0] if self.head else b""
        return xml(b"%s%s</w:styles>" % (head, piece))

    @cached_property
    def _root(self) -> Node | None:
        return xml(self.content) if self.content else None

    @cached_property
    def _whole(self) -> dict[str, Node]:
        """All styles by their ids."""
        nodes = () if self._root is None else self._root.iter(f"{W}style")
        return {str(node.get(f"{W}styleId")): node for node in nodes}
