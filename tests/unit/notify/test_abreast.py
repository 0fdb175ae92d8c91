"""Errands side by side: one that hangs delays nobody."""

import time
from threading import Event

from services.notify.abreast import Errand, run_abreast


def test_each_errand_brings_its_results_in_order():
    done = run_abreast({"a": lambda: iter([1, 2]), "b": lambda: iter([])}, seconds=5)

    assert done == {"a": Errand([1, 2], finished=True), "b": Errand([], finished=True)}


def test_what_a_hanging_errand_brought_before_it_hung_is_kept():
    release = Event()

    def hang():
        yield 1
        release.wait(30)
        yield 2

    began = time.monotonic()
    done = run_abreast({"hangs": hang, "works": lambda: iter([3])}, seconds=0.2)
    took = time.monotonic() - began
    release.set()

    assert done == {"hangs": Errand([1], finished=False), "works": Errand([3], finished=True)}
    assert took < 10
