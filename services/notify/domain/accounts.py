"""Letters about somebody's account: of no contest, in words that no office changes."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from services.notify.domain.contest import Contest


@dataclass(frozen=True, slots=True)
class PasswordLink:
    """By which link a new password is set, until `due_at`."""

    template: ClassVar[str] = "account/password_link"

    link: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class AccountChanged:
    """What changed in how one signs in, `at` which instant: asks who did not do it to speak up."""

    template: ClassVar[str] = "account/changed"

    change: Literal["PASSWORD", "SECOND_STEP_SET", "SECOND_STEP_DROPPED"]
    at: datetime


SECRET = frozenset({PasswordLink.template})  # who reads one of these gets into an account

PORTAL = Contest(
    contest_id="",
    number=0,
    title="",
    host="Cổng thông tin cuộc thi sáng kiến",
    intake_desk="",
    timezone="Asia/Ho_Chi_Minh",
    papers={},
    rounds=(),
    prizes={},
)
