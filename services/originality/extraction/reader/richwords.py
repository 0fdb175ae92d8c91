"""The words of RTF that `richtext` heeds, and what each stands for; sets of characters too."""

from typing import Any

ANSI = "cp1252"
CODINGS = {77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253"}
CODINGS |= {162: "cp1254", 163: "cp1258", 186: "cp1257", 204: "cp1251", 238: "cp1250"}
CODING_OF_PAGE = {437: "cp437", 850: "cp850", 932: "cp932", 936: "gbk", 949: "cp949", 950: "big5"}
CODING_OF_PAGE |= {874: "cp874"} | {page: f"cp{page}" for page in range(1250, 1259)}
UNREAD = frozenset(
    [
        "stylesheet",
        "info",
        "pict",
        "fldinst",
        "object",
        "objdata",
        "nonshppict",
        "pntext",
        "pntxta",
        "pntxtb",
        "xe",
        "tc",
        "rxe",
        "upr",
    ]
)
MARGINS = frozenset(
    ["header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"]
)
SHOWN = frozenset(["shptxt", "ud", "result"])  # text in groups that have none otherwise
SIGNS = {"~": "\u00a0", "_": "-", "\n": "\n\n", "\r": "\n\n"}
WORDS = {"tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "bullet": "•"}
WORDS |= {"lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "cell": "\t"}
WORDS |= {"emspace": "\u2003", "enspace": "\u2002", "softline": "\n", "nestcell": "\t"}
PARTING = frozenset(["par", "row", "sect", "page", "nestrow", "footnote", "shptxt"])
NUMBERS = {"cf": "colour", "fs": "size", "cbpat": "shading", "uc": "spares"}
NUMBERS |= dict.fromkeys(("highlight", "chcbpat", "cb"), "ground")
SWITCHES = {"v": "vanished", "deleted": "is_deleted"}
PLAIN: dict[str, Any] = {
    "vanished": False,
    "is_deleted": False,
    "colour": 0,
    "ground": 0,
    "size": 24,
}
