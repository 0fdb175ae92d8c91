"""Grounds of conflicts in the words of minutes (biên bản)."""

from collections.abc import Mapping

from services.review.domain.conflicts.grounds import Ground

GROUNDS: Mapping[Ground, str] = {
    Ground.AUTHOR: "là tác giả hoặc đồng tác giả của bài dự thi",
    Ground.UNKNOWN_AUTHOR: "có tác giả chưa được đăng ký, chưa xác định được xung đột lợi ích",
    Ground.UNKNOWN_UNIT: "chưa xác định được đơn vị của giám khảo",
    Ground.PINNED: "Trưởng Ban Giám khảo quyết định không để chấm",
    Ground.DECLARED: "đã có khai báo xung đột lợi ích",
    Ground.CO_AUTHOR: "cùng viết sáng kiến khác với tác giả",
    Ground.OWN_UNIT: "cùng đơn vị với tác giả hoặc bài dự thi",
    Ground.RELATED_UNIT: "thuộc đơn vị cấp trên hoặc cấp dưới",
    Ground.FORMER_UNIT: "từng công tác tại đơn vị liên quan",
}
