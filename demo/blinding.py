"""The secretary checks the copies without names that judges of the blind round read."""

from demo.acts import local
from demo.cast import Entry
from demo.stage import Stage


def check_copies(stage: Stage) -> None:
    """Wait until there are copies of every accepted entry, look at each and approve it."""
    stage.at(local(2022, 8, 29, 8, 0))
    secretary = stage.caller("thu-ky-1")
    accepted = {
        line["entry_id"]
        for line in secretary.get(f"{stage.contest}/entries")
        if line["state"] == "ACCEPTED"
    }
    secretary.until(
        f"{stage.contest}/blind-copies",
        lambda said: accepted <= {line["entry_id"] for line in said},
        seconds=300,
    )
    copies = pages = removed = 0
    for entry_id in sorted(accepted, key=stage.number_of.__getitem__):
        path = f"/v1/entries/{entry_id}/blind-copies"
        for copy in secretary.get(path):
            said = {"number": copy["number"], "looked": bool(copy["unread"])}
            secretary.post(f"{path}/{copy['place']}/approve", said)
            copies, pages = copies + 1, pages + copy["pages"]
            removed += len(copy["removed"])
    print(f"  {copies} bản che tên, {pages} trang, che {removed} chỗ; đã duyệt hết")
    if not removed:
        raise AssertionError("nothing was taken out of any copy")


def titles(stage: Stage) -> dict[str, Entry]:
    """Return the entries by the titles that judges of the blind round read."""
    secretary = stage.caller("thu-ky-1")
    found = {}
    for line in secretary.get(f"{stage.contest}/blind-copies"):
        words = secretary.get(f"/v1/entries/{line['entry_id']}/blind-copies")[0]
        found[words["title"]] = stage.entry(stage.number_of[line["entry_id"]])
    return found
