"""Which passwords are taken: long ones that are not among those tried first.

After NIST SP 800-63B: length counts, no rule about kinds of characters, and a list of common
passwords, of names and of words. The lists come with zxcvbn.
"""

from collections.abc import Iterable

from zxcvbn import zxcvbn

from kernel.errors import Refused

SHORTEST = 10
LONGEST = 200  # characters; more would only cost time
READ = 72  # characters that are compared with the lists
FEWEST_GUESSES = 10**6
OWN_WORDS = ("sangkien", "sáng kiến", "sangkien2026", "cuocthi", "matkhau", "hoithi")


class WeakPassword(Refused):
    """A password needs at least 10 characters."""


class LongPassword(Refused):
    """A password has at most 200 characters."""


class CommonPassword(Refused):
    """This password is among those that are guessed first; choose one that nobody else uses."""


def check(password: str, about: Iterable[str] = ()) -> None:
    """Refuse a password that is too short or too common; `about` are words others know of them."""
    if len(password) < SHORTEST:
        raise WeakPassword
    if len(password) > LONGEST:
        raise LongPassword
    known = [*OWN_WORDS, *(word for word in about if word)]
    if zxcvbn(password[:READ], user_inputs=known)["guesses"] < FEWEST_GUESSES:
        raise CommonPassword
