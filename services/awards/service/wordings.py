"""The words of papers, shown to the office and changed by it; issued papers stay as they are."""

from msgspec import json

from contracts import awards
from kernel.database import Work
from kernel.errors import require
from kernel.messaging import command, query
from services.awards import store
from services.awards.profile import load_profile


class Wordings:
    """What a tenant changes in a legal profile."""

    @query
    def show_wording(self, asked: awards.ShowWording, work: Work) -> awards.Wording:
        """Show how papers are worded, and what of it was changed here."""
        require(work.actor, "organiser", "secretary")
        changes = store.load_wording(work.session, asked.profile)
        whole = load_profile(asked.profile, changes)
        return awards.Wording(
            profile=asked.profile, changes=changes.decode(), whole=json.encode(whole).decode()
        )

    @command
    def change_wording(self, asked: awards.ChangeWording, work: Work) -> int:
        """Keep changes that make a profile as a whole; papers issued from now on follow them."""
        require(work.actor, "organiser")
        load_profile(asked.profile, asked.changes.encode())
        changes = json.decode(asked.changes)
        return store.save_wording(work.session, asked.profile, changes, work.now, work.actor.id)
