"""Checks of texts that are not handed in: an entrant's own, and the secretary's tries."""

from contracts import originality
from kernel.crunch import Crunch
from kernel.database import Work
from kernel.errors import require
from kernel.messaging import command, query
from services.originality import store
from services.originality.domain import own
from services.originality.domain.wording import VIETNAM
from services.originality.reporting.trying import read, try_text


class Checks:
    """Nothing of the texts is kept but how often somebody has checked."""

    engine: Crunch
    extractor: Crunch

    @query
    def check_text(self, asked: originality.CheckText, work: Work) -> originality.Report:
        """Compare a text that the secretary sends with everything the contest knows."""
        require(work.actor.within(asked.contest_id), "secretary", "organiser")
        extracted = read(self.extractor, asked)
        return try_text(work, self.engine, asked.contest_id, extracted)

    @command
    def check_my_text(self, asked: originality.CheckMyText, work: Work) -> originality.OwnCheck:
        """Compare an entrant's own text, as often a day as the rules allow."""
        require(work.actor, "entrant")
        policy = store.load_policy(work.session, asked.contest_id)
        day = work.now.astimezone(VIETNAM).date()
        used = store.count_check(work.session, work.actor.id, asked.contest_id, day)
        left = own.left(policy.own_checks, used)
        extracted = read(self.extractor, asked)
        report = try_text(work, self.engine, asked.contest_id, extracted, without=work.actor.id)
        return own.own(report, left)
