"""The signing agent of the state's USB tokens: what it is given and what it is told.

A page hands its script a JSON object; the agent, on the signer's machine, downloads `FileName`,
has the token sign it, posts the result as a form to `FileUploadHandler` and shows what is
answered. The spelling is the agent's own. Start with `call_for`.
"""

from collections.abc import Mapping

from msgspec import Struct

from contracts import awards

# The functions of its script, by what a signature is for.
FUNCTIONS: Mapping[awards.SignRole, str] = {
    "approve": "vgca_sign_approved",
    "issue": "vgca_sign_issued",
    "attach": "vgca_sign_file",
}
SUCCESS, FAILURE = 0, 1


class Pair(Struct, frozen=True, kw_only=True, rename="pascal"):
    """A name and its value."""

    key: str
    value: str


class AgentTask(Struct, frozen=True, kw_only=True):
    """What the function is called with, as JSON. The session stands for a token (`JWTToken`)."""

    FileUploadHandler: str
    SessionId: str
    JWTToken: str
    FileName: str
    DocNumber: str
    MetaData: tuple[Pair, ...] = ()


class AgentCall(Struct, frozen=True, kw_only=True):
    """Which function of the agent's script to call, and with what."""

    function: str
    task: AgentTask


class AgentAnswer(Struct, frozen=True, kw_only=True, rename="pascal"):
    """What the agent is told of the file it posted: `Status` 0 is success."""

    status: int
    message: str
    file_server: str = ""


def call_for(task: awards.SigningTask, role: awards.SignRole, upload_url: str) -> AgentCall:
    """Say what a page has to call for a signature; `upload_url` takes the signed file."""
    return AgentCall(
        function=FUNCTIONS[role],
        task=AgentTask(
            FileUploadHandler=upload_url,
            SessionId=task.session_id,
            JWTToken="",
            FileName=task.file_url,
            DocNumber=task.number,
            MetaData=(Pair(key="FileName", value=task.file_name),),
        ),
    )
