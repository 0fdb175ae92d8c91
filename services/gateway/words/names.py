"""Names of roles, of fields of an entry and of states, by the code that programs know."""

from services.gateway.words.sentences import Names, translated

ROLES = Names(
    {
        "entrant": "người dự thi",
        "clerk": "cán bộ tiếp nhận",
        "secretary": "thư ký",
        "judge": "giám khảo",
        "chair": "trưởng ban giám khảo",
        "organiser": "ban tổ chức",
        "authority": "người có thẩm quyền",
        "coordinator": "đầu mối đơn vị",
        "client": "hệ thống kết nối",
        "operator": "quản trị hệ thống",
        "head": "thủ trưởng đơn vị",
    }
)
FIELDS = Names(
    {
        "kind": "loại hình dự thi",
        "group": "nhóm đối tượng",
        "title": "tên bài dự thi",
        "summary": "tóm tắt",
        "area": "lĩnh vực",
        "authors": "họ tên tác giả",
        "shares": "tỷ lệ đóng góp (tổng phải là 100%)",
        "unit_id": "đơn vị",
        "enterprise": "doanh nghiệp",
        "enterprise.name": "tên doanh nghiệp",
        "enterprise.tax_code": "mã số thuế",
        "enterprise.representative": "người đại diện doanh nghiệp",
        "improves": "chỉ số cải thiện",
    }
)
STATES = Names(
    {
        "DRAFT": "Bản nháp",
        "SUBMITTED": "Đã nộp, chờ kiểm tra",
        "LATE": "Nộp muộn, chờ Ban Tổ chức xem xét",
        "RETURNED": "Chờ bổ sung",
        "ACCEPTED": "Đã tiếp nhận",
        "REFUSED": "Bị từ chối",
        "WITHDRAWN": "Đã rút",
        "DISQUALIFIED": "Bị loại",
        "WAITING": "Chưa mở",
        "OPEN": "Đang chấm",
        "OPENED": "Đã mở niêm phong",
        "CLOSED": "Đã khóa",
        "GIVEN": "Đã chấm",
        "SECOND_LOOK": "Cần chấm lại",
        "NONE": "Chưa có",
        "TIED": "Có bài bằng điểm, chờ biểu quyết",
        "PROPOSED": "Đã đề xuất",
        "APPROVED": "Đã phê duyệt",
        "PUBLISHED": "Đã công bố",
    }
)

LIST_STATES = Names(
    {
        "MINUTED": "Đã họp xét giải",
        "SUBMITTED": "Đã trình, chờ phê duyệt",
        "RETURNED": "Bị trả lại",
    }
)


def named(text: str) -> str:
    """Return the names of fields of an entry, parted by commas, or of roles, if it is such."""
    parts = text.split(", ")
    if set(parts) <= set(FIELDS):
        return ", ".join(FIELDS[part] for part in parts)
    return role(text)


def role(text: str) -> str:
    """Return the names of roles where the text is one, or some joined by `or`."""
    parts = dict.fromkeys(part.partition(":")[0] for part in text.split(" or "))
    return (
        translated(" hoặc ").join(ROLES[part] for part in parts)
        if set(parts) <= set(ROLES)
        else text
    )


def state(code: str) -> str:
    """Return the name of a state."""
    return STATES.get(code, code)


def list_state(code: str) -> str:
    """Return the name of the state of a prize list."""
    return LIST_STATES.get(code, state(code))
