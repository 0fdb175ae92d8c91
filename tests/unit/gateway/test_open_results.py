"""Open data as a CSV file."""

from datetime import UTC, datetime

from contracts import awards
from services.gateway.api.open_results import in_csv


def test_a_cell_that_a_spreadsheet_would_compute_is_written_as_text():
    found = awards.OpenResults(
        contest_id="HG-2022",
        contest_title="Cuộc thi",
        published_at=datetime(2022, 11, 8, tzinfo=UTC),
        revision=1,
        revised_at=None,
        fields=("title", "prize"),
        rows=(("=HYPERLINK(1)", "Giải Nhất"), ('Một cửa "số", nhanh', "Giải Nhì")),
    )

    assert in_csv(found).decode("utf-8-sig").splitlines() == [
        "title,prize",
        "'=HYPERLINK(1),Giải Nhất",
        '"Một cửa ""số"", nhanh",Giải Nhì',
    ]
