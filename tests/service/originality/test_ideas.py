"""Vectors are kept per tenant and model, found by nearness, and gone with their text."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest
from sqlalchemy.orm import Session

from kernel.database import Origin
from kernel.testing import TENANT
from services.originality import store
from services.originality.ideas.meaning import Meaning
from services.originality.ideas.table import cosines
from services.originality.store import ideas
from services.originality.store.tables import TextRow
from services.originality.store.wanted import among

CENTROIDS = np.eye(4, dtype=np.float32)


@contextmanager
def a_work(bench, tenant: str = TENANT) -> Iterator[Session]:
    with bench.database.work(Origin.own("originality", tenant)) as work:
        yield work.session


def meaning(*vectors: list[int], model: str = "m") -> Meaning:
    return Meaning(model, tuple(np.array(vector, np.int8) for vector in vectors))


def ids(session: Session, asked: Meaning, limit: int = 10, **how: object) -> list[int]:
    return [found.text_id for found in ideas.nearest(session, asked, limit, **how)]


def test_the_nearest_come_first_with_their_cosines(bench):
    with a_work(bench) as session:
        ideas.save(session, 1, meaning([100, 0, 0, 0]))
        ideas.save(session, 2, meaning([100, 100, 0, 0]))
        ideas.save(session, 3, meaning([0, 0, 0, 100]))

        found = ideas.nearest(session, meaning([50, 0, 0, 0]), 2)

    assert found == [ideas.Near(1, 1.0), ideas.Near(2, pytest.approx(0.5**0.5))]


def test_a_text_is_as_near_as_the_nearest_of_its_parts(bench):
    with a_work(bench) as session:
        ideas.save(session, 1, meaning([100, 0, 0, 0], [0, 100, 0, 0]))
        ideas.save(session, 2, meaning([100, 90, 0, 0]))

        assert ids(session, meaning([0, 50, 0, 0])) == [1, 2]
        assert ids(session, meaning([0, 0, 9, 0], [0, 50, 0, 0])) == [1, 2]


def test_a_text_saved_again_has_its_new_vectors_only(bench):
    with a_work(bench) as session:
        ideas.save(session, 1, meaning([100, 0, 0, 0], [100, 1, 0, 0]), CENTROIDS)
        ideas.save(session, 1, meaning([0, 0, 0, 100]), CENTROIDS)

        assert ideas.nearest(session, meaning([0, 0, 0, 1]), 10) == [ideas.Near(1, 1.0)]


def test_a_text_is_kept_by_every_model_and_removed_from_all(bench):
    with a_work(bench) as session:
        ideas.save(session, 1, meaning([100, 0, 0, 0], model="table"))
        ideas.save(session, 1, meaning([0, 100, 0, 0], model="api"))

        assert ids(session, meaning([100, 0, 0, 0], model="table")) == [1]
        assert ids(session, meaning([0, 100, 0, 0], model="api")) == [1]

        ideas.remove(session, 1)

        assert ids(session, meaning([100, 0, 0, 0], model="table")) == []
        assert ids(session, meaning([0, 100, 0, 0], model="api")) == []


def test_a_removed_text_is_not_found(bench):
    with a_work(bench) as session:
        ideas.save(session, 1, meaning([100, 0, 0, 0]))
        ideas.save(session, 2, meaning([0, 100, 0, 0]))

        ideas.remove(session, 1)

        assert ids(session, meaning([100, 0, 0, 0])) == [2]


def test_another_tenant_and_another_model_see_nothing(bench):
    with a_work(bench) as session:
        ideas.save(session, 1, meaning([100, 0, 0, 0]))
        assert ids(session, meaning([100, 0, 0, 0])) == [1]
        assert ids(session, meaning([100, 0, 0, 0], model="other")) == []

    with a_work(bench, tenant="can-tho") as session:
        assert ids(session, meaning([100, 0, 0, 0])) == []
        ideas.remove(session, 1)

    with a_work(bench) as session:
        assert ids(session, meaning([100, 0, 0, 0])) == [1]


def test_only_wanted_texts_are_considered(bench):
    texts = [
        store.KeptText(store.Kind.KNOWN_INITIATIVE, code, code, "một cửa", register="TINH")
        for code in ("SK-1", "SK-2")
    ]
    with a_work(bench) as session:
        first, second = store.save_texts(session, [(text, store.Prints([])) for text in texts])
        for text_id in (first, second):
            ideas.save(session, text_id, meaning([100, 0, 0, 0]))

        asked = meaning([100, 0, 0, 0])
        keep = among(session, TextRow.source_id == "SK-2")
        assert ids(session, asked, keep=keep) == [second]
        assert ids(session, asked) == [first, second]


def test_vectors_of_a_width_the_model_no_longer_has_are_passed_over(bench):
    with a_work(bench) as session:
        ideas.save(session, 1, meaning([100, 0, 0, 0]))
        ideas.save(session, 2, meaning([100, 0]))

        assert ids(session, meaning([100, 0])) == [2]
        assert ids(session, Meaning("m", ())) == []


def test_a_large_index_is_searched_in_the_nearest_lists(bench, monkeypatch):
    monkeypatch.setattr(ideas, "EXACT", 50)
    dice = np.random.default_rng(1)
    points = dice.integers(-100, 100, (200, 4)).astype(np.int8)
    with a_work(bench) as session:
        for text_id, point in enumerate(points):
            ideas.save(session, text_id, Meaning("m", (point,)), CENTROIDS)
        asked = meaning([100, 10, 0, 0])

        found = ids(session, asked, 3, centroids=CENTROIDS)
        everywhere = ids(session, asked, 200)

    in_its_list = np.flatnonzero(points.astype(int).argmax(axis=1) == 0)
    order = np.argsort(-cosines(points[in_its_list], asked.vectors[0]), kind="stable")
    assert found == in_its_list[order][:3].tolist()
    assert len(everywhere) == 200
