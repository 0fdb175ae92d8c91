"""What goes wrong, as RFC 9457 problem details in the language asked for; never a stack trace.

Errors are translated here and nowhere else: start with `read`.
"""

import logging
import re
from http import HTTPStatus

from litestar import Request, Response
from litestar.datastructures import State
from litestar.exceptions import HTTPException, ValidationException
from msgspec import Struct, structs
from sqlalchemy.exc import DBAPIError

from kernel.client import RemoteRefusal, TimedOut
from kernel.database import is_passing
from kernel.errors import Conflict, Forbidden, NotFound, Refused, Unavailable
from services.gateway import domain, limits, matching, scopes, second_steps, tries, words
from services.gateway.paging import BadCursor

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = 2  # seconds
TITLES = {
    400: "Yêu cầu không hợp lệ",
    401: "Cần đăng nhập",
    403: "Không có quyền",
    404: "Không tìm thấy",
    405: "Không hỗ trợ thao tác này",
    409: "Xung đột",
    410: "Không còn hiệu lực",
    412: "Nội dung đã thay đổi",
    413: "Nội dung quá lớn",
    415: "Kiểu nội dung không được hỗ trợ",
    422: "Không thực hiện được",
    429: "Quá nhiều yêu cầu",
    500: "Lỗi hệ thống",
    503: "Tạm thời chưa phục vụ được",
    504: "Quá thời gian chờ",
}
SENTENCES = {
    400: "The request cannot be read; see which fields are wrong, if any are named.",
    404: "There is nothing at this address.",
    405: "This cannot be done at this address.",
    413: "The request is larger than is taken here.",
    415: "The content is of a kind that is not taken here.",
}
# What the reader of JSON says of a field, and our sentence for it; the last fits everything.
REASONS = (
    (re.compile(r"Object missing required field `(?P<name>.+)`"), "The field {name} is missing."),
    (
        re.compile(r"Expected `datetime` with a timezone component"),
        "This instant needs its time zone, as in 2022-08-15T16:59:00+07:00.",
    ),
    (re.compile(r"Expected `(?P<kind>.+)`, got `(?P<got>.+)`"), "This must be {kind}, not {got}."),
    (re.compile(r"Invalid enum value (?P<value>.+)"), "The value {value} is not one to choose."),
    (re.compile(r"Said more than once"), "This is said once only."),
    (re.compile(r".*"), "This value cannot be read."),
)
STALE = {"StaleRevision"}  # the state that was to be changed is not there any more (If-Match)
GONE = {"ShareEnded", "UploadAbandoned"}  # it was there once, and will not be again
KINDS = {"NotFound": 404, "Forbidden": 403, "Conflict": 409}
STATUSES: tuple[tuple[type[Refused], int], ...] = (
    (domain.SignInNeeded, 401),
    (domain.WrongLogin, 401),
    (second_steps.CodeNeeded, 401),
    (second_steps.WrongCode, 401),
    (tries.TooManyTries, 429),
    (limits.TooManyRequests, 429),
    (matching.ChangedMeanwhile, 412),
    (BadCursor, 400),
    (domain.BadText, 400),
    (domain.BadKey, 400),
    (domain.BadTenant, 400),
    (NotFound, 404),
    (Forbidden, 403),
    (Conflict, 409),
    (Refused, 422),
)


class FieldMistake(Struct, frozen=True, kw_only=True):
    """A field of the request that cannot be read, and why."""

    field: str
    reason: str


class Problem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What went wrong. `code` is for programs, `detail` for people."""

    type: str
    title: str
    status: int
    code: str
    detail: str = ""
    instance: str = ""
    params: dict[str, object] = {}
    errors: tuple[FieldMistake, ...] = ()


def read(error: Exception, path: str) -> Problem:
    """Return the problem that an error is, on the way to `path`."""
    params: dict[str, object] = {}
    if isinstance(error, DBAPIError) and is_passing(error):
        error = Unavailable()
    match error:
        case Refused():
            status, code, sentence, params = (
                status_of(error),
                error.code,
                error.template,
                error.params,
            )
        case TimedOut():
            status, code, sentence = 504, "TimedOut", str(error.__doc__)
        case Unavailable():
            status, code, sentence = (
                503,
                "Unavailable",
                "The platform is starting or busy; try again soon.",
            )
        case HTTPException(status_code=status) if status < 500:
            code = HTTPStatus(status).phrase.replace(" ", "").replace("-", "")
            sentence = SENTENCES.get(status, "")
        case RecursionError():  # JSON nested too deep for its reader
            status, code, sentence = 400, "BadRequest", SENTENCES[400]
        case _:
            log.error("Unexpected", exc_info=error, extra={"fields": {"path": path}})
            status, code, sentence = (
                500,
                "Unexpected",
                "Something went wrong here; it has been noted.",
            )
    return Problem(
        type=f"urn:sangkien:problem:{code}",
        title=words.translated(TITLES.get(status, HTTPStatus(status).phrase)),
        status=status,
        code=code,
        detail=words.say(sentence, params),
        instance=path,
        params=params,
        errors=mistakes(error),
    )


def status_of(error: Refused) -> int:
    """Return the HTTP status of a refusal."""
    if error.code in GONE:
        return 410
    if isinstance(error, RemoteRefusal):
        return KINDS.get(error.kind, 422)
    return next(status for kind, status in STATUSES if isinstance(error, kind))


def mistakes(error: Exception) -> tuple[FieldMistake, ...]:
    """Return which fields could not be read."""
    if not isinstance(error, ValidationException) or not isinstance(error.extra, list):
        return ()
    return tuple(
        FieldMistake(field=str(one.get("key", "")), reason=explained(str(one.get("message", ""))))
        for one in error.extra
        if isinstance(one, dict)
    )


def explained(reason: str) -> str:
    """Return in Vietnamese why a field cannot be read."""
    fitting = ((pattern.match(reason), sentence) for pattern, sentence in REASONS)
    found, sentence = next((found, sentence) for found, sentence in fitting if found)
    return words.say(sentence, found.groupdict())


def respond(request: Request[None, None, State], error: Exception) -> Response[Problem]:
    """Answer with the problem that an error is."""
    found = read(error, request.url.path)
    if found.code in STALE and "if-match" in request.headers:
        found = structs.replace(found, status=412, title=TITLES[412])
    headers = {}
    if found.status == 503:
        headers["Retry-After"] = str(RETRY_AFTER)
    if found.status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="sangkien"'
    if found.code == scopes.ScopeMissing.__name__:
        scope = str(found.params.get("scope", ""))
        said = f'Bearer realm="sangkien", error="insufficient_scope", scope="{scope}"'
        headers["WWW-Authenticate"] = said  # RFC 6750, 3.1
    if found.status == 429:
        headers["Retry-After"] = str(found.params.get("seconds", RETRY_AFTER))
    if isinstance(error, HTTPException) and error.headers:
        headers.update(error.headers)
    return Response(found, status_code=found.status, media_type=MEDIA_TYPE, headers=headers)
