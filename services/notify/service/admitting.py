"""Letters about how somebody signs in."""

from contracts import notify
from contracts.sandbox import is_trial
from kernel.database import Work
from kernel.envelope import name_of
from kernel.errors import require
from kernel.messaging import command
from services.notify import store
from services.notify.domain import Telling
from services.notify.domain.accounts import AccountChanged, PasswordLink


class Admitting:
    """Writes what the gateway asks for; nobody is written to from a sandbox."""

    @command
    def send_password_link(self, asked: notify.SendPasswordLink, work: Work) -> None:
        """Queue the letter with the link."""
        letter = PasswordLink(asked.link, asked.good_until)
        write(work, asked, Telling(asked.person_id, "EMAIL", letter, expires_at=asked.good_until))

    @command
    def tell_of_account_change(self, asked: notify.TellOfAccountChange, work: Work) -> None:
        """Queue the letter that says what was changed."""
        letter = AccountChanged(asked.change, work.now)
        write(work, asked, Telling(asked.person_id, "EMAIL", letter))


def write(
    work: Work, asked: notify.SendPasswordLink | notify.TellOfAccountChange, told: Telling
) -> None:
    """Queue a letter of no contest."""
    require(work.actor, "service")
    if is_trial(work.tenant):
        return
    common = {
        "tenant": work.tenant,
        "event_id": work.message_id,
        "event_type": name_of(type(asked)),
        "contest_id": "",
        "queued_at": work.now,
        "due_at": work.now,
    }
    store.put_in_queue(work.session, common, [(work.new_id(), told)])
