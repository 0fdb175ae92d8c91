"""Results as open data: JSON and CSV with the fields of the rules, and no other."""

import csv
from io import StringIO

from litestar import Response, get

from contracts import awards
from services.gateway.api.routes import Name
from services.gateway.caller import Caller, Calling

CSV = "text/csv"  # in UTF-8, as the framework says of every text
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would compute


@get("/contests/{contest_id:str}/open-results")
async def show_open_results(visitor: Calling, contest_id: Name) -> awards.OpenResults:
    """Show the results as rows, public once published."""
    return await open_results(visitor, contest_id)


@get("/contests/{contest_id:str}/open-results.csv", media_type=CSV)
async def export_open_results(visitor: Calling, contest_id: Name) -> Response[bytes]:
    """Show the results as a CSV file (UTF-8), public once published."""
    found = await open_results(visitor, contest_id)
    headers = {"Content-Disposition": 'attachment; filename="ket-qua.csv"'}
    return Response(in_csv(found), media_type=CSV, headers=headers)


async def open_results(visitor: Caller, contest_id: str) -> awards.OpenResults:
    """Ask for the results as open data."""
    query = awards.ShowOpenResults(contest_id=contest_id)
    return await visitor.ask(query, awards.OpenResults)


def in_csv(found: awards.OpenResults) -> bytes:
    """Write rows below the names of their fields; no cell is a formula to a spreadsheet."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(found.fields)
    writer.writerows([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in row]
                     for row in found.rows)  # fmt: skip
    return text.getvalue().encode("utf-8-sig")


ROUTES = (show_open_results, export_open_results)
