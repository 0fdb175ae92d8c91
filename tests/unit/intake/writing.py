"""Entries as people write them, for the tests of what is typed, declared and handed in."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from hypothesis import strategies as st

from services.intake.domain.contents import FIELDS, Contents, Enterprise, Improvement
from services.intake.domain.eligibility import Author
from services.intake.domain.entries import Entry, State
from services.intake.rules import check

RULES = check(Path("contests/hau-giang-2022.yaml").read_text()).rules
IN_TIME = datetime(2022, 7, 1, 2, tzinfo=UTC)
CLOSED = RULES.intake.closes

WRITTEN = Contents(
    kind="INDIVIDUAL",
    group="NGUOI_DAN",
    title="Nộp hồ sơ một lần",
    summary="Một lần cho mọi thủ tục.",
    area="TTHC",
    authors=(Author("p-1", "Nguyễn Văn An"),),
)
FIRM = Enterprise("Doanh nghiệp mẫu", "0123456789", "Người đại diện mẫu")

texts = st.sampled_from(("", "Một", "Hai", "Ba"))
improvements = st.builds(
    Improvement,
    index=st.sampled_from(("PAPI", "PCI")),
    baseline=st.none() | st.decimals(0, 100, places=1),
    evidence=texts,
)
contents = st.builds(
    Contents,
    kind=st.sampled_from(("INDIVIDUAL", "COLLECTIVE")),
    group=st.sampled_from(("", "NGUOI_DAN", "SO_BAN_NGANH", "DOANH_NGHIEP")),
    title=texts,
    summary=texts,
    area=st.sampled_from(("", "TTHC")),
    authors=st.lists(
        st.builds(
            Author,
            person_id=st.sampled_from(("p-1", "p-2", "p-3")),
            full_name=texts,
            share=st.sampled_from((Decimal(40), Decimal(60), Decimal(100))),
        ),
        max_size=3,
        unique_by=lambda author: author.person_id,
    ).map(tuple),
    unit_id=st.none() | st.just("SNV"),
    enterprise=st.none() | st.just(FIRM) | st.builds(Enterprise, name=texts),
    improves=st.lists(improvements, max_size=2).map(tuple),
)


def entry_of(written: Contents = WRITTEN, state: State = State.DRAFT, **other) -> Entry:
    """Return an entry that says this."""
    said = {name: getattr(written, name) for name in FIELDS}
    entry = Entry(
        entry_id="e-1",
        contest_id="HG-CCHC-2022",
        channel="ONLINE",
        filed_by="p-1",
        state=state,
        **said,
    )
    return replace(entry, **other)
