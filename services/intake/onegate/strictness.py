"""What a strict counterparty takes: the fields of the contract, their form, and which status next.

Used by the sandbox only, so that whoever passes here is not refused by a real one for its form.
"""

import re
from collections.abc import Iterator, Mapping

TEXT = re.compile(r".+", re.DOTALL)
STAMP = re.compile(r"\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])[0-5]\d[0-5]\d")
FLAG = re.compile(r"True|False")
STATUS = re.compile(r"[1-9]|10")
LINK = re.compile(r"https?://\S+")

Form = Mapping[str, tuple[re.Pattern[str], bool]]  # name: what it looks like, whether it must be

MUST, MAY = True, False
DOSSIER: Form = {
    **dict.fromkeys(("MaHoSo", "MaTTHC", "TenTTHC", "MaLinhVuc", "TenLinhVuc"), (TEXT, MUST)),
    **dict.fromkeys(("SoBienNhan", "ChuHoSo", "MaDoiTuong", "ThongTinKhac"), (TEXT, MAY)),
    **dict.fromkeys(("Email", "Fax", "SoDienThoai", "TrichYeuHoSo"), (TEXT, MAY)),
    **dict.fromkeys(("ThongTinTra", "GhiChu"), (TEXT, MAY)),
    **dict.fromkeys(("NgayHenTra", "NgayTra", "NgayKetThucXuLy"), (STAMP, MAY)),
    "LoaiDoiTuong": (re.compile(r"[12]"), MUST),
    "NgayTiepNhan": (STAMP, MUST),
    "TrangThaiHoSo": (STATUS, MUST),
    "HinhThuc": (re.compile(r"[01]"), MUST),
    "DonViXuLy": (TEXT, MUST),
}
LISTS = frozenset(
    {"TaiLieuNop", "DanhSachLePhi", "DanhSachTepDinhKemKhac", "DanhSachHoSoBoSung"}
    | {"DanhSachGiayToKetQua"}
)
FILE: Form = {
    **dict.fromkeys(("TepDinhKemId", "TenTepDinhKem", "MaThanhPhanHoSo"), (TEXT, MUST)),
    "IsDeleted": (FLAG, MUST),
    "DuongDanTaiTepTin": (LINK, MUST),
}
PROGRESS: Form = {
    **dict.fromkeys(("MaHoSo", "NguoiXuLy", "NoiDungXuLy"), (TEXT, MUST)),
    **dict.fromkeys(("ChucDanh", "PhongBanXuLy"), (TEXT, MAY)),
    "ThoiDiemXuLy": (STAMP, MUST),
    "TrangThai": (STATUS, MUST),
    **dict.fromkeys(("NgayBatDau", "NgayKetThucTheoQuyDinh"), (STAMP, MAY)),
}

# By status code; the same again is an update. 10 comes after 9 and nothing else.
NEXT: Mapping[str | None, frozenset[str]] = {
    None: frozenset({"1", "2", "4", "5", "9"}),
    "1": frozenset({"2", "3", "5", "7", "8"}),
    "2": frozenset({"4", "5", "7", "8", "9"}),
    "3": frozenset(),
    "4": frozenset({"5", "7", "8", "9"}),
    "5": frozenset({"1", "2", "3", "7", "8"}),
    "6": frozenset(),
    "7": frozenset(),
    "8": frozenset(),
    "9": frozenset({"10"}),
    "10": frozenset(),
}


def mistakes_of_dossier(said: object) -> Iterator[str]:
    """Yield what is wrong with the form of a dossier."""
    lists = {name: said.get(name) for name in LISTS} if isinstance(said, dict) else {}
    plain = (
        {name: value for name, value in said.items() if name not in LISTS}
        if isinstance(said, dict)
        else said
    )
    yield from mistakes(plain, DOSSIER)
    for name, value in lists.items():
        if value is not None and not isinstance(value, list):
            yield f"{name} is no list"
    files = lists.get("TaiLieuNop")
    for one in files if isinstance(files, list) else ():
        yield from mistakes(one, FILE)


def mistakes(said: object, form: Form) -> Iterator[str]:
    """Yield the fields of an object that are unknown, missing or ill-formed."""
    if not isinstance(said, dict):
        yield "not an object"
        return
    for name in said.keys() - form.keys():
        yield f"{name} is unknown"
    for name, (pattern, must) in form.items():
        if name not in said:
            if must:
                yield f"{name} is missing"
        elif not isinstance(said[name], str):
            yield f"{name} is no string"
        elif not pattern.fullmatch(said[name]):
            yield f"{name} is ill-formed"


def follows(before: str | None, after: str) -> bool:
    """Say whether a dossier may go from one status to another."""
    return before == after or after in NEXT[before]
