"""Versions of an entry as they were handed in, and what differs between two, in words.

A version never changes. Start with `Version`, then `differences`.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from services.intake.domain.contents import Contents, Enterprise, Improvement
from services.intake.domain.eligibility import Author

# The parts of an entry as Vietnamese readers call them.
NAMES = {
    "kind": "loại hình dự thi",
    "group": "nhóm đối tượng",
    "title": "tên bài dự thi",
    "summary": "tóm tắt",
    "area": "lĩnh vực",
    "unit_id": "đơn vị",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as it belonged to a version; `sha256` is that of its bytes."""

    document_id: str
    code: str
    file_name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Version:
    """What was handed in: the entry's contents, its documents and declarations, when, by whom."""

    number: int
    contents: Contents
    papers: tuple[Paper, ...]
    declarations: tuple[str, ...]
    at: datetime
    by: str

    @property
    def sha256(self) -> str:
        """Return the digest of all that was handed in; who did it and when is no part of it."""
        content = {
            "contents": asdict(self.contents),
            "papers": [asdict(paper) for paper in self.papers],
            "declarations": list(self.declarations),
        }
        written = json.dumps(content, ensure_ascii=False, sort_keys=True, default=_plain)
        return sha256(written.encode()).hexdigest()


def differences(older: Version, newer: Version) -> tuple[str, ...]:
    """Say in Vietnamese, one sentence each, what differs between two versions."""
    return tuple(_differences(older, newer))


def _differences(older: Version, newer: Version) -> Iterator[str]:
    for field, name in NAMES.items():
        before, after = getattr(older.contents, field), getattr(newer.contents, field)
        if before != after:
            yield f"Sửa {name}: “{before or 'để trống'}” thành “{after or 'để trống'}”."
    yield from _authors(older.contents.authors, newer.contents.authors)
    before_enterprise, after_enterprise = older.contents.enterprise, newer.contents.enterprise
    if before_enterprise != after_enterprise:
        yield f"Sửa doanh nghiệp: {_firm(before_enterprise)} thành {_firm(after_enterprise)}."
    yield from _items("chỉ số cải thiện", older.contents.improves, newer.contents.improves, _index)
    yield from _papers(older.papers, newer.papers)
    declared = (set(older.declarations), set(newer.declarations))
    yield from (f"Thêm cam kết {code}." for code in sorted(declared[1] - declared[0]))
    yield from (f"Không còn cam kết {code}." for code in sorted(declared[0] - declared[1]))


def _authors(older: tuple[Author, ...], newer: tuple[Author, ...]) -> Iterator[str]:
    before = {author.person_id: author for author in older}
    after = {author.person_id: author for author in newer}
    yield from (f"Thêm tác giả {_author(one)}." for key, one in after.items() if key not in before)
    yield from (f"Bớt tác giả {_author(one)}." for key, one in before.items() if key not in after)
    for key in (key for key in before if key in after):
        was, now = before[key], after[key]
        if was.share != now.share or was.full_name != now.full_name:
            yield f"Sửa tác giả: {_author(was)} thành {_author(now)}."
        elif was != now:
            yield f"Sửa thông tin liên hệ, đơn vị hoặc chức vụ của tác giả {now.full_name}."
    if list(before) != list(after) and before.keys() == after.keys():
        yield "Đổi thứ tự tác giả."


def _papers(older: tuple[Paper, ...], newer: tuple[Paper, ...]) -> Iterator[str]:
    before: Mapping[str, Paper] = {paper.document_id: paper for paper in older}
    after: Mapping[str, Paper] = {paper.document_id: paper for paper in newer}
    for one in (one for key, one in after.items() if key not in before):
        yield f"Thêm tài liệu {one.code}: {one.file_name}."
    for one in (one for key, one in before.items() if key not in after):
        yield f"Bớt tài liệu {one.code}: {one.file_name}."


def _items(
    name: str, older: Iterable[Any], newer: Iterable[Any], written: Callable[[Any], str]
) -> Iterator[str]:
    before, after = list(older), list(newer)
    yield from (f"Thêm {name}: {written(one)}." for one in after if one not in before)
    yield from (f"Bớt {name}: {written(one)}." for one in before if one not in after)


def _author(author: Author) -> str:
    return f"{author.full_name} ({_number(author.share)}%)"


def _firm(enterprise: Enterprise | None) -> str:
    if enterprise is None:
        return "để trống"
    return (
        f"“{enterprise.name}”, mã số thuế {enterprise.tax_code or 'để trống'},"
        f" đại diện {enterprise.representative or 'để trống'}"
    )


def _index(improvement: Improvement) -> str:
    where = improvement.index + (f" ({improvement.component})" if improvement.component else "")
    before, after = _number(improvement.baseline), _number(improvement.target)
    year = f", năm {improvement.year}" if improvement.year else ""
    evidence = improvement.evidence or improvement.document_id
    return f"{where}, từ {before} thành {after}{year}" + (
        f", minh chứng: {evidence}" if evidence else ""
    )


def _number(value: Decimal | None) -> str:
    """Write a number with a comma, as Vietnamese readers do."""
    return "chưa ghi" if value is None else f"{value:f}".replace(".", ",")


def _plain(value: object) -> str:
    """Write a decimal into the digest; 50 and 50.0 are the same share."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    raise TypeError(value)
