"""What the office types of a defence day."""

import pytest

from contracts import review
from services.gateway.portal.defence_forms import Known, OnePanelARoom, hours, presence, room
from services.gateway.words import BadTime

DAY = "2024-11-26"
KNOWN = Known(areas=("TTHC", "CDS"), panels=("TB1", "TB2"), persons={"giam-khao-2": "p-2"})


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("Hội trường A", review.DefenceRoom(name="Hội trường A")),
        ("Phòng 2: TTHC, CDS", review.DefenceRoom(name="Phòng 2", areas=("TTHC", "CDS"))),
        (
            "Phòng 3: TB1, HG-07",
            review.DefenceRoom(name="Phòng 3", panel_id="TB1", codes=("HG-07",)),
        ),
    ],
)
def test_room_is_told_what_is_defended_in_it(line, meant):
    assert room(line, KNOWN) == meant


def test_room_has_one_panel_at_most():
    with pytest.raises(OnePanelARoom):
        room("Phòng 1: TB1, TB2", KNOWN)


@pytest.mark.parametrize(("who", "meant"), [("giam-khao-2", "p-2"), ("HG-07", "HG-07")])
def test_who_can_come_when_is_told_by_login_or_code(who, meant):
    told = presence(DAY, f"{who}: 08:00-09:30, 10:00-11:30", KNOWN)

    spans = (hours(DAY, "08:00-09:30"), hours(DAY, "10:00-11:30"))
    assert told == review.DefenceAvailability(of=meant, hours=spans)


@pytest.mark.parametrize("line", ["giam-khao-2", "giam-khao-2: sáng", "giam-khao-2:"])
def test_presence_without_hours_is_no_presence(line):
    with pytest.raises(BadTime):
        presence(DAY, line, KNOWN)
