"""The register of known initiatives: imported, listed, and taken from."""

from dataclasses import replace

from contracts import awards, originality
from kernel.crunch import Crunch
from kernel.database import Work
from kernel.errors import require
from kernel.messaging import command, every, query, subscribe
from services.originality import (
    adopting,
    domain,
    matching,
    papers,
    registering,
    reporting,
    store,
)

KEEPERS = ("secretary", "organiser", "operator")


class Register:
    """Whoever keeps the register changes it; nobody compares anything meanwhile."""

    sheets: Crunch
    extractor: Crunch
    recogniser: Crunch
    engine: Crunch

    @command
    def import_initiatives(self, asked: originality.ImportInitiatives, work: Work) -> int:
        """Add to a register, or correct it by code; entries already checked are checked again."""
        require(work.actor, *KEEPERS)
        domain.check_register(asked.register)
        domain.check_initiatives((known.code, known.text) for known in asked.initiatives)
        texts = [reporting.text_of_known(asked.register, known) for known in asked.initiatives]
        prepared = matching.prepare(self.engine, [text.body for text in texts])
        store.lock_register(work.session)
        registering.keep(work.session, zip(texts, prepared, strict=True))
        store.drop_papers(work.session, asked.register, [text.source_id for text in texts])
        return store.count_known(work.session)

    @command
    def import_register(
        self, asked: originality.ImportRegister, work: Work
    ) -> originality.RegisterRead:
        """Record the initiatives of a file, all of them or, if anything is wrong, none."""
        require(work.actor, *KEEPERS)
        domain.check_register(asked.register)
        file = registering.read_file(self.sheets, self.extractor, asked.content, asked.register)
        if file.mistakes:
            return originality.RegisterRead(
                rows=file.rows, added=0, changed=0, merged=0, recorded=False,
                mistakes=file.mistakes,
            )  # fmt: skip
        drafts = registering.recalled(work.session, file.drafts, asked.register)
        prepared = matching.prepare(self.engine, [one.text.body for one in drafts])
        store.lock_register(work.session)
        planned = registering.plan(work.session, drafts, prepared, asked.register, asked.on_twins)
        recorded = not asked.dry_run and not (planned.twins and asked.on_twins == "REFUSE")
        if recorded:
            registering.record(work, drafts, planned, prepared)
        return originality.RegisterRead(
            rows=file.rows,
            added=len(planned.new),
            changed=len(planned.changed),
            merged=len(planned.merged),
            recorded=recorded,
            twins=planned.twins,
            scans=registering.count_scans(drafts, planned),
        )

    @every(seconds=1, due=lambda work: store.tenants_reading(work.session))
    def look_at_papers(self, work: Work) -> None:
        """Recognise one scan of a known initiative, after all those of entries."""
        waiting = store.next_paper(work.session)
        if waiting is None:
            return
        (register, code), paper = waiting
        text, problem = papers.recognise(self.recogniser, paper)
        store.lock_register(work.session)
        known = store.load_known(work.session, register, [code]).get(code)
        is_there = store.close_paper(work.session, (register, code), paper.sha256, text, problem)
        if known is None or text is None or not is_there:
            return
        whole = replace(known, body=papers.body_of(known.title, known.summary, text))
        prepared = matching.prepare(self.engine, [whole.body])
        registering.keep(work.session, [(whole, prepared[0])])

    @subscribe
    def enter_adopted(self, heard: awards.InitiativeAdopted, work: Work) -> None:
        """Know a winner that is put to use, from that day on."""
        policy = store.load_policy(work.session, heard.contest_id)
        body = store.adopted_body(work.session, heard.entry_id)
        text = adopting.text_of_adopted(heard, body)
        prepared = matching.prepare(self.engine, [text.body], (policy.title,))
        store.lock_register(work.session)
        registering.keep(work.session, [(text, prepared[0])])

    @command
    def remove_initiative(self, asked: originality.RemoveInitiative, work: Work) -> None:
        """Take an initiative out; whoever was held to repeat it is checked again."""
        require(work.actor, *KEEPERS)
        store.lock_register(work.session)
        if not store.drop_known(work.session, asked.register, asked.code):
            raise domain.UnknownInitiative(
                "There is no initiative {code} in the register {register}.",
                code=asked.code,
                register=asked.register,
            )
        store.drop_papers(work.session, asked.register, [asked.code])
        store.mark_stale(work.session, store.entries_citing_any(work.session, [asked.code]))

    @query
    def list_initiatives(
        self, asked: originality.ListInitiatives, work: Work
    ) -> tuple[originality.InitiativeLine, ...]:
        """List what a register holds, or all of them."""
        require(work.actor, *KEEPERS, "chair", "judge")
        return store.list_known(work.session, asked)

    @query
    def show_initiative(
        self, asked: originality.ShowInitiative, work: Work
    ) -> originality.Initiative:
        """Show what is known of an initiative."""
        require(work.actor, *KEEPERS, "chair", "judge")
        found = store.show_known(work.session, asked.register, asked.code)
        if found is None:
            raise domain.UnknownInitiative(
                "There is no initiative {code} in the register {register}.",
                code=asked.code,
                register=asked.register,
            )
        return found
