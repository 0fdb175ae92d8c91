"""Why a message did not go, in our own words: one sentence for each reason, the only place of it.

`Reason.….say()` fills one in, `read` finds again which one a text is, so that whoever shows it can
say it in another language. What a counterparty answered is in it as a code.
"""

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache
from string import Formatter


class Reason(Enum):
    """A sentence in English; `{…}` is filled in."""

    ALL_ENDED = "Every process that tried to send this has ended meanwhile."
    NOBODY_YET = "Nobody knows this person yet."
    NO_EMAIL = "This person has no e-mail address."
    EMAIL_RETURNS = "Letters to this e-mail address come back."
    NO_PHONE = "This person has no phone number."
    NO_MOBILE = "This is no Vietnamese mobile number."
    BAD_TEMPLATE = "The words of the notice {template} cannot be filled in: {error}."
    NO_CONTEST_YET = "The contest is not known yet."
    NO_FORM = "No form is approved for {code}."
    NO_SUCH_WAY = "Notices do not go by {channel}."
    TELLS_SCORE = "A short message may not tell a score."
    TELLS_IDENTITY_NUMBER = "A short message may not tell the number of an identity paper."
    TELLS_SOMEBODYS_WORDS = "A short message may not tell what somebody wrote."
    TOO_LATE = "Its time was over before it was sent."
    IS_DONE = "What it reminds of is done."
    CAME_BACK = "The letter came back: {status}."
    BAD_EMAIL = "The e-mail address cannot be written to."
    RELAY_DOWN = "The mail relay does not work: {error}."
    RELAY_REFUSED = "The mail relay refused with {code}."
    BAD_KEY = "The DKIM key is no RSA or Ed25519 private key in PEM."
    NO_WEBHOOK = "The client has no webhook."
    WEBHOOK_REFUSED = "The webhook may not be reached: {code}."
    WEBHOOK_DOWN = "The webhook does not answer: {error}."
    WEBHOOK_ANSWERED = "The webhook answered {status}."
    NOT_SET_UP = "{channel} is not set up for {tenant}."
    NO_FILE = "CHANNELS_FILE names {file}: {error}."
    BAD_FILE = "{file}: {error}. See docs/howto/set-up-channels.md."
    NO_SECRET = "The secret in {file} cannot be read: {error}."  # noqa: S105  # says that it is not
    PROVIDER_DOWN = "The provider does not answer: {error}."
    PROVIDER_ANSWERED = "The provider answered {status}."
    NO_JSON = "The provider's answer is no JSON."
    SMS_REFUSED = "The SMS provider refused: {code}."
    SMS_TOO_LONG = "The SMS takes {count} segments; {most} are allowed."
    SMS_WORD_TOO_LONG = "The SMS begins with a word that does not fit into {most} segments."
    NO_TOKEN = "Zalo gives no token: {code}. Put a new one into the file."  # noqa: S105
    TOKEN_ENDED = "Zalo no longer knows the access token."  # noqa: S105
    ZALO_REFUSED = "Zalo refused with {code}."
    ZNS_NOT_APPROVED = "ZNS template {template} is not among the approved ones."
    ZNS_ASKS_MORE = "ZNS template {template} asks for what no message has: {names}."
    ZNS_NO_LIMIT = "ZNS field {name} is of the kind {kind}, whose limit is not set."
    ZNS_EMPTY = "ZNS field {name} is empty."
    ZNS_FIELD_TOO_LONG = "ZNS field {name} is longer than {most} and is not cut."
    ZNS_TOO_LONG = "The ZNS message is longer than {most} letters."
    BAD_DOCUMENT = "A document needs number/notation and a receiver."
    AXIS_REFUSED = "The axis refused: {code}."
    NO_NUMBERS = "Documents have no number: give `notation` under `edxml`."
    NO_UNIT = "Documents go to units, and this person belongs to none."
    NO_ORGAN = "The unit {unit_id} has no code on the axis: give it under `organs`."

    def say(self, **filled: object) -> str:
        """Fill it in."""
        return self.value.format(**filled)


def read(text: str) -> tuple[Reason, Mapping[str, str]] | None:
    """Return which reason a text is, and what is filled in; None where it is none of ours."""
    for reason, pattern in patterns():
        if found := pattern.fullmatch(text):
            return reason, found.groupdict()
    return None


@cache
def patterns() -> tuple[tuple[Reason, re.Pattern[str]], ...]:
    """Return how each reason is found, those first that leave least open."""

    def parts(template: str) -> Iterator[str]:
        for said, name, _, _ in Formatter().parse(template):
            yield re.escape(said)
            if name:
                yield f"(?P<{name}>.+?)"

    first = sorted(Reason, key=lambda one: (one.value.count("{"), one.value.startswith("{")))
    return tuple((one, re.compile("".join(parts(one.value)), re.DOTALL)) for one in first)
