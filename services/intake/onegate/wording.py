"""A dossier and its progress in the words of the national portal's contract.

Numbers and booleans are strings there, instants local: `yyyyMMddHHmmss` in Vietnam.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from contracts.intake import Counterparty, Procedure
from services.intake.domain.mirror import Step, status

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

Wording = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file the counterparty may fetch from `url`; `code` is the paper's."""

    document_id: str
    file_name: str
    code: str
    url: str


@dataclass(frozen=True, slots=True)
class Mirrored:
    """What a counterparty is told about a dossier at one step of it."""

    code: str
    title: str
    applicant: str
    email: str | None
    phone: str | None
    is_enterprise: bool
    received_at: datetime
    step: Step
    at: datetime
    note: str
    due_at: datetime | None = None
    attachments: tuple[Attachment, ...] = ()


def stamp(instant: datetime) -> str:
    """Return an instant as the contract writes it."""
    return f"{instant.astimezone(VIETNAM):%Y%m%d%H%M%S}"


def flag(*, value: bool) -> str:
    """Return a boolean as the contract writes it."""
    return "True" if value else "False"


def procedure_of(counterparty: Counterparty, contest_id: str) -> Procedure | None:
    """Return the administrative procedure (TTHC) a contest is known by there, if it is."""
    found = (one for one in counterparty.procedures if one.contest_id == contest_id)
    return next(found, None)


def dossier(counterparty: Counterparty, procedure: Procedure, told: Mirrored) -> Wording:
    """Write a dossier for `DongBoHoSoMC`; what is not known is left out, never made up."""
    written = {
        "MaHoSo": told.code,
        "MaTTHC": procedure.code,
        "TenTTHC": procedure.name,
        "MaLinhVuc": procedure.field_code,
        "TenLinhVuc": procedure.field_name,
        "SoBienNhan": told.code,
        "ChuHoSo": told.applicant,
        "LoaiDoiTuong": "2" if told.is_enterprise else "1",
        "Email": told.email,
        "SoDienThoai": told.phone,
        "TrichYeuHoSo": told.title,
        "NgayTiepNhan": stamp(told.received_at),
        "TrangThaiHoSo": status(told.step, counterparty.statuses),
        "NgayTra": stamp(told.at) if told.step is Step.DELIVERED else None,
        "HinhThuc": "0",
        "NgayKetThucXuLy": stamp(told.at) if told.step is Step.DECIDED else None,
        "DonViXuLy": counterparty.unit,
        "GhiChu": told.note,
        "TaiLieuNop": [attachment(one) for one in told.attachments],
    }
    return {name: value for name, value in written.items() if value is not None}


def attachment(one: Attachment) -> Wording:
    """Write a file for `TaiLieuNop`; the counterparty fetches it by itself."""
    return {
        "TepDinhKemId": one.document_id,
        "TenTepDinhKem": one.file_name,
        "IsDeleted": flag(value=False),
        "MaThanhPhanHoSo": one.code,
        "DuongDanTaiTepTin": one.url,
    }


def progress(counterparty: Counterparty, told: Mirrored) -> Wording:
    """Write a step for `CapNhatTienDoHoSoMC`; no officer's name is told, only the unit."""
    written = {
        "MaHoSo": told.code,
        "NguoiXuLy": counterparty.unit,
        "ThoiDiemXuLy": stamp(told.at),
        "PhongBanXuLy": counterparty.unit,
        "NoiDungXuLy": told.note,
        "TrangThai": status(told.step, counterparty.statuses),
        "NgayKetThucTheoQuyDinh": stamp(told.due_at) if told.due_at else None,
    }
    return {name: value for name, value in written.items() if value is not None}
