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
_TAG = re.compile(rb'[^>]*\bw:styleId="([^"]*)"[^>]*(?<!/)>')
_BEGIN, _END, _NAME = b"<w:style ", b"</w:style>", b"w:style"
_DEFAULTS, _DEFAULTS_END = b"<w:docDefaults>", b"</w:docDefaults>"
_DEFAULT = b":default="
_CODING = re.compile(rb"encoding=.(?!UTF-8)", re.IGNORECASE)
_DECLARATION = 200  # bytes in which an encoding is named


class Stylesheet:
    """The styles of a document; none if there is no such part."""

    def __init__(self, content: bytes | None) -> None:
        self.content = content or b""
        self.head = _HEAD.search(self.content, 0, 10 * _DECLARATION)
        self.pieces = self._cut()

    def _cut(self) -> dict[bytes, re.Match[bytes]] | None:
        """Return the styles' beginnings by their ids, None where the file is not plain enough."""
        content = self.content
        if (
            self.head is None
            or content.count(W[1:-1].encode()) != 1
            or b"&" in content
            or (b"!" in content and b"<!" in content)  # looking for one byte takes no time
            or _CODING.search(content, 0, _DECLARATION)
        ):
            return None
        chunks = content.split(_BEGIN)[1:]
        pieces = {found[1]: found for found in map(_TAG.match, chunks) if found}
        # Each is named at its beginning, its id and its end, the whole twice: a style told
        # otherwise, or twice, makes another number.
        is_plain = len(pieces) == len(chunks) and content.count(_NAME) == 3 * len(chunks) + 2
        return pieces if is_plain else None

    def style(self, name: str) -> Node | None:
        """Return the style with this id."""
        if self.pieces is None:
            return self._whole.get(name)
        tag = self.pieces.get(name.encode())
        if tag is None:
            return None
        piece, end, _ = tag.string.partition(_END)
        # One that is around another has no end here.
        return self._parsed(_BEGIN + piece + end)[0] if end else self._whole.get(name)

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
            marked = [name.decode() for name, tag in self.pieces.items() if _DEFAULT in tag[0]]
            styles = {name: self.style(name) for name in marked}
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
