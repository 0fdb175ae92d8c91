"""Samples in the OpenAPI document: what fields of each name look like, from one table.

Nobody in them is a real person; numbers and codes are made up. Start with `sample`.
"""

from typing import Any

WORDS: dict[str, object] = {
    "contest_id": "HG-CCHC-2022",
    "title": "Đặt lịch hẹn tại bộ phận Một cửa qua tin nhắn",
    "summary": "Người dân nhắn tin để chọn giờ đến làm thủ tục, không cần cài ứng dụng.",
    "full_name": "Nguyễn Văn Mẫu",
    "login": "mau.nguyen",
    "password": "mật khẩu đủ dài",
    "email": "mau@vi-du.vn",
    "phone": "0900000000",
    "area": "TTHC",
    "group": "NGUOI_DAN",
    "authority": "UBND_TINH",
    "external_code": "H30.17.26-220701-0001",
    "receipt_code": "HG-2022-0001",
    "file_name": "Bản thuyết minh.docx",
    "media_type": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "size": 48213,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "code": "BAN_THUYET_MINH",
    "reason": "Thiếu chữ ký của đồng tác giả.",
    "request": "Đề nghị bổ sung bản cam kết có chữ ký.",
    "url": "https://mot-cua.vi-du.vn/sangkien",
    "tenant": "hau-giang",
    "client_id": "5b1c0f7e2d9a4c53a1f60b8e47d2c9f0",
    "client_secret": "kjV0y8l2Qm0eXw1sample",
    "token": "hau-giang.b2l2sample",
    "access_token": "hau-giang.b2l2sample",
    "token_type": "Bearer",
    "scope": "entries:read status:read",
    "scopes": ["entries:write", "contest:HG-CCHC-2022"],
    "role": "secretary",
    "roles": ["entrant"],
    "expires_in": 3600,
    "round_id": "SO_KHAO",
    "language": "vi",
}
DAY, MOMENT = "2022-07-01", "2022-07-01T02:00:00Z"
FORMATS = {
    "date": DAY,
    "date-time": MOMENT,
    "binary": "…",
    "decimal": "12.50",
    "uri": WORDS["url"],
}
PLAIN: dict[str, object] = {"string": "văn bản mẫu", "integer": 1, "number": 1.5, "boolean": True}
DEEPEST = 6  # a rules file inside an answer is cut there, at what may be left out


def sample(schema: dict[str, Any], parts: dict[str, Any], name: str = "", depth: int = 0) -> Any:  # noqa: ANN401  # JSON
    """Return a value that a JSON Schema allows; `parts` are the schemas it may refer to."""
    match schema:
        case {"$ref": str(reference)}:
            made = sample(parts[reference.rpartition("/")[2]], parts, name, depth)
        case {"oneOf": list(choices)} | {"anyOf": list(choices)}:
            choices = [one for one in choices if one.get("type") != "null"] or choices
            made = sample(choices[0], parts, name, depth)
        case {"allOf": list(bases)}:
            made = {}
            for base in bases:
                made |= sample(base, parts, name, depth)
        case {"const": value} | {"enum": [value, *_]}:
            made = value
        case {"type": "object"} | {"properties": _}:
            made = filled(schema, parts, depth)
        case {"type": "array"}:
            made = listed(schema, parts, name, depth)
        case _:
            made = plain(schema, name)
    return made


def filled(schema: dict[str, Any], parts: dict[str, Any], depth: int) -> dict[str, Any]:
    """Return an object with its fields; deep inside, with those alone that it needs."""
    needed = schema.get("required", ())
    return {
        field: sample(inside, parts, field, depth + 1)
        for field, inside in schema.get("properties", {}).items()
        if field in needed or depth < DEEPEST
    }


def listed(schema: dict[str, Any], parts: dict[str, Any], name: str, depth: int) -> list[Any]:
    """Return a list of one, or of as many as there must be; deep inside of as few as may be."""
    known = WORDS.get(name)
    if isinstance(known, list):
        return known
    least = schema.get("minItems", 0)
    if depth > DEEPEST and not least:
        return []
    inside = schema.get("items") or {}
    return [sample(inside, parts, name.removesuffix("s"), depth + 1) for _ in range(max(1, least))]


def plain(schema: dict[str, Any], name: str) -> object:
    """Return a value without parts: the word for the field's name, or one of its kind."""
    kind = schema.get("type", "string")
    kind = next(one for one in kind if one != "null") if isinstance(kind, list) else kind
    known = WORDS.get(name)
    if known is not None and isinstance(known, type(PLAIN.get(kind))) and "format" not in schema:
        return known
    if kind == "string" and name.endswith("_id"):
        return f"{name.removesuffix('_id')}-1"
    if "minimum" in schema:
        return schema["minimum"]
    return FORMATS.get(schema.get("format", ""), PLAIN.get(kind))
