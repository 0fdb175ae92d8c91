"""The mail relay: several letters over one connection.

What the relay says is kept as codes only; its sentences often repeat the address.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from smtplib import SMTP, SMTPException, SMTPResponseException, SMTPServerDisconnected
from ssl import SSLContext
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from services.notify.calling import Lines, Timed, open_timed, secure, trusting
from services.notify.domain import Down, Outcome, Reached, TurnedAway
from services.notify.domain.reasons import Reason
from services.notify.domain.trying import BROKEN_OFF, UNREACHABLE
from services.notify.mail.dkim import Signer
from services.notify.mail.message import BadAddress, Mail, enclose

SECONDS = 5  # the longest the relay may take to open, and then over each letter as a whole


@dataclass(frozen=True, slots=True)
class Route:
    """How letters leave: the relay's URL, whom they are from, who signs them.

    In the URL's query `starttls=true` asks for encryption, `verify=false` takes any certificate.
    """

    url: str
    sender: str
    signer: Signer | None = None
    ca_file: str = ""

    @property
    def parts(self) -> SplitResult:
        """Take the URL apart."""
        return urlsplit(self.url)

    def asks(self, name: str, value: str) -> bool:
        """Say whether the URL's query has `name=value`."""
        return value in parse_qs(self.parts.query).get(name, ())


class Conversation(SMTP):
    """SMTP over a socket that was opened before, all of whose waits end at one instant."""

    def __init__(self, timed: Timed, host: str) -> None:
        super().__init__()
        self.host = host
        self.timed = timed
        self.listen()

    def listen(self) -> None:
        """Read answers from now on; what came before is forgotten."""
        self.answers = Lines(self.timed)
        self.sock, self.file = self.timed, self.answers  # type: ignore[assignment]

    def greet(self) -> None:
        """Read the greeting. Raises `SMTPResponseException` where it is none."""
        code, said = self.getreply()
        if code != 220:
            raise SMTPResponseException(code, said)

    def encrypt(self, context: SSLContext) -> None:
        """Go on over TLS, and trust nothing that was said before (RFC 3207)."""
        self.ehlo_or_helo_if_needed()
        code, said = self.docmd("STARTTLS")
        if code != 220:
            raise SMTPResponseException(code, said)
        secure(self.timed, context, self.host)
        self.listen()
        self.ehlo_resp = self.helo_resp = None
        self.esmtp_features, self.does_esmtp = {}, False


class Relay:
    """A connection to the relay, opened when it is needed and again after it broke."""

    def __init__(self, route: Route) -> None:
        self.route = route
        self.line: Conversation | None = None

    def ready(self) -> Conversation:
        """Return a connection, encrypted and logged in where the route says so."""
        if self.line is None:
            url, at_once = self.route.parts, self.route.parts.scheme == "smtps"
            host, port = url.hostname or "localhost", url.port or (465 if at_once else 25)
            context = trusting(self.route.ca_file, verify=not self.route.asks("verify", "false"))
            timed = open_timed(host, port, SECONDS)
            self.line = line = Conversation(timed, host)
            if at_once:
                secure(timed, context, host)
            line.greet()
            if self.route.asks("starttls", "true"):
                line.encrypt(context)
            if url.username:
                line.login(unquote(url.username), unquote(url.password or ""))
            line.ehlo_or_helo_if_needed()
        return self.line

    def close(self) -> None:
        """End the connection politely, if it still stands."""
        if self.line is not None:
            with suppress(SMTPException, OSError):
                self.line.timed.allow(1)
                self.line.quit()
            self.drop()

    def drop(self) -> None:
        """Forget the connection."""
        if self.line is not None:
            self.line.close()
            self.line = None


def send(route: Route, now: datetime, mails: Sequence[Mail]) -> Iterator[tuple[str, Outcome]]:
    """Send one letter after another over one connection; a new one where it breaks."""
    relay = Relay(route)
    try:
        for mail in mails:
            yield mail.delivery_id, deliver(relay, mail, now)
    finally:
        relay.close()


def deliver(relay: Relay, mail: Mail, now: datetime) -> Outcome:
    """Give one letter to the relay."""
    route = relay.route
    try:
        content = enclose(mail, route.sender, now)
    except BadAddress:
        return TurnedAway(Reason.BAD_EMAIL.say(), for_good=True)
    if route.signer:
        content = route.signer.sign(content, now) + content
    strikes = UNREACHABLE
    try:
        line = relay.ready()
        strikes = BROKEN_OFF
        return hand_over(line, parseaddr(route.sender)[1], mail.address, content)
    except (OSError, SMTPException) as error:
        relay.drop()
        return Down(Reason.RELAY_DOWN.say(error=describe(error)), strikes)


def hand_over(line: Conversation, sender: str, address: str, content: bytes) -> Outcome:
    """Speak one letter's part of the protocol; what ends in an answer leaves it ready."""
    line.timed.allow(SECONDS)
    steps: tuple[Callable[[], tuple[int, Any]], ...] = (
        lambda: line.mail(sender, ["BODY=8BITMIME"] if line.has_extn("8bitmime") else []),
        lambda: line.rcpt(address),
        lambda: line.data(content),
    )
    code, said = 0, b""  # type: int, Any
    for step, good in zip(steps, (range(250, 252), range(250, 253), range(250, 251)), strict=True):
        # Whoever answers twice has the second taken for the answer to the next command.
        if line.answers.has_more():
            raise SMTPServerDisconnected("an answer to nothing")
        try:
            code, said = step()
        except SMTPResponseException as refused:  # to DATA itself
            code, said = refused.smtp_code, refused.smtp_error
        if code >= 400:
            return refuse(line, code, said)
        if code not in good:
            raise SMTPServerDisconnected("an answer to something else")
    return Reached(line.host, accepted(code, said))


def refuse(line: SMTP, code: int, said: bytes) -> Outcome:
    """Read a refusal, and make the connection ready for the next letter."""
    outcome = turned_away(code, said)
    if isinstance(outcome, Down):
        raise SMTPResponseException(code, said)
    line.rset()
    return outcome


def accepted(code: int, said: bytes) -> str:
    """Return the relay's code, and the id it queued the letter under where it says so."""
    queued = re.search(rb"queued as ([\w.-]{1,64})", said)
    return f"{code}{' ' + queued[1].decode() if queued else ''}"


def turned_away(code: int, said: bytes | str) -> Outcome:
    """Read a refusal: 421 ends the connection, 4xx may be asked again, 5xx is for good."""
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    detail = re.match(r"[245]\.\d{1,3}\.\d{1,3}\b", text)
    reason = Reason.RELAY_REFUSED.say(code=f"{code} {detail[0]}" if detail else code)
    return Down(reason) if code == 421 else TurnedAway(reason, for_good=code >= 500)


def describe(error: Exception) -> str:
    """Name an error without repeating what the relay said."""
    code = f" {error.smtp_code}" if isinstance(error, SMTPResponseException) else ""
    return f"{type(error).__name__}{code}"
