"""What was handed in, version by version, for those whom the entry concerns."""

from contracts import intake
from kernel.database import Work
from kernel.errors import NotFound
from kernel.messaging import query
from services.intake.catalogue import index_catalogue
from services.intake.domain.entries import Entry
from services.intake.domain.versions import Version, differences
from services.intake.service.access import check_may_see, check_scope
from services.intake.service.dossiers import of_papers
from services.intake.service.showing import said_of, shown
from services.intake.store import entries, versions


class UnknownVersion(NotFound):
    """The entry has not been handed in as such a version."""


class Versions:
    """Versions never change; the words that compare two are made when asked for."""

    @query
    def show_versions(
        self, asked: intake.ShowVersions, work: Work
    ) -> tuple[intake.VersionView, ...]:
        """Show what was handed in, each time with what had changed."""
        check_scope(asked, work)
        entry = entries.read_entry(work.session, asked.entry_id)
        check_may_see(entry, work)
        found = versions.load_versions(work.session, entry.entry_id)
        return tuple(
            version_view(version, before, entry, work)
            for before, version in zip((None, *found), found, strict=False)
        )

    @query
    def compare_versions(self, asked: intake.CompareVersions, work: Work) -> tuple[str, ...]:
        """Say what differs between two versions, whichever is older."""
        check_scope(asked, work)
        entry = entries.read_entry(work.session, asked.entry_id)
        check_may_see(entry, work)
        older = versions.find_version(work.session, entry.entry_id, asked.older)
        newer = versions.find_version(work.session, entry.entry_id, asked.newer)
        if older is None or newer is None:
            raise UnknownVersion
        return differences(older, newer)

    @query
    def list_indexes(self, _asked: intake.ListIndexes, _work: Work) -> intake.IndexCatalogue:
        """List the indexes an entry may say it improves, for everybody."""
        return index_catalogue()


def version_view(
    version: Version, before: Version | None, entry: Entry, work: Work
) -> intake.VersionView:
    """Return a version as those concerned see it."""
    papers = of_papers((paper.document_id for paper in version.papers), entry, work)
    return intake.VersionView(
        **said_of(version.contents),
        version=version.number,
        handed_at=version.at,
        handed_by=version.by,
        sha256=version.sha256,
        documents=tuple(map(shown, papers)),
        declarations=version.declarations,
        changes=differences(before, version) if before else (),
    )
