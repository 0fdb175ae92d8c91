"""Who has much to send lets those go first who have little, and not for long."""

import time
from threading import Thread, current_thread

from services.notify.lanes import HEAD_START, Lanes


def test_a_long_lane_steps_aside_for_one_that_has_just_begun():
    lanes = Lanes()
    lanes.fresh[Thread()] = time.monotonic() + 60  # begun at this moment, however slow the test

    assert lanes.step_aside()


def test_nobody_steps_aside_for_a_lane_that_hangs():
    lanes = Lanes()
    lanes.fresh[Thread()] = time.monotonic() - HEAD_START

    assert not lanes.step_aside()


def test_a_lane_that_may_have_little_to_send_steps_aside_for_nobody():
    lanes = Lanes()
    lanes.fresh[Thread()] = lanes.fresh[current_thread()] = time.monotonic() + 60

    assert not lanes.step_aside()
