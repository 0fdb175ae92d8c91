"""What a text means is told by the table that ships, or by an API where one is set."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.originality.engine.kernels.vectors import mixture
from services.originality.ideas.embedding import Embedder
from services.originality.ideas.endpoint import PATIENCE, Endpoint
from services.originality.ideas.meaning import HEAD, Meaning, parts
from services.originality.ideas.table import (
    FILE,
    LEAST,
    Lookup,
    cosines,
    percentile,
    shipped,
)
from services.originality.ideas.terms import keys
from services.originality.settings import OriginalitySettings
from tests.unit.originality.disguise import text, without_marks

TEN_MB = 10_000_000

BY_POST = "Trả kết quả thủ tục hành chính tại nhà cho người cao tuổi qua bưu điện."
BY_CARRIER = "Nhân viên bưu chính giao giấy tờ đã giải quyết đến tận nơi ở của cụ già yếu."
IRRIGATION = "Hệ thống tưới tự động cho vườn cây ăn trái dựa trên cảm biến độ ẩm đất."


@dataclass
class Api:
    """An OpenAI-compatible API on this machine that says what it is told to."""

    url: str = ""
    status: int = 200
    answer: bytes | None = None
    asked: list[dict[str, object]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)

    def reply_to(self, asked: dict[str, object]) -> bytes:
        if self.answer is not None:
            return self.answer
        vectors = [[float(len(each)), 1.0, -2.0] for each in asked["input"]]
        told = [{"index": n, "embedding": v, "object": "embedding"} for n, v in enumerate(vectors)]
        return json.dumps({"object": "list", "data": told[::-1]}).encode()


@contextmanager
def serving(api: Api) -> Iterator[Api]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
            api.asked.append({"path": self.path, **asked})
            api.keys.append(self.headers["authorization"])
            body = api.reply_to(asked)
            self.send_response(api.status)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    api.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield api
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def api() -> Iterator[Api]:
    with serving(Api()) as api:
        yield api


def settings(api: Api, **others: object) -> OriginalitySettings:
    return OriginalitySettings(
        **{"embeddings_url": api.url, "embeddings_model": "e5", "embeddings_key": "k"} | others
    )


def test_the_table_is_small_and_its_curves_rise():
    table = shipped()

    assert FILE.stat().st_size <= TEN_MB
    assert (np.diff(table.cosines) >= 0).all()
    assert (np.diff(table.shares) >= 0).all()


def test_the_same_idea_in_other_words_is_nearer_than_another_idea():
    post, carrier, irrigation = map(shipped().embed, (BY_POST, BY_CARRIER, IRRIGATION))

    same, other = cosines(np.array([carrier, irrigation]), post)

    assert same > other
    assert percentile(float(same), shipped().cosines) > 0.99


def test_a_text_typed_without_marks_means_much_the_same():
    marked, unmarked = (
        shipped().embed(text("hen_gio")),
        shipped().embed(without_marks(text("hen_gio"))),
    )

    assert percentile(float(cosines(unmarked[None, :], marked)[0]), shipped().cosines) > 0.999


def test_too_few_known_words_mean_nothing():
    assert shipped().embed("xqzw " * 20) is None
    assert shipped().embed("") is None


def test_a_compound_stands_before_its_parts():
    words = ["bưu", "điện", "bưu điện", "giờ"]
    lookup = Lookup(keys("\n".join(words)).exact, np.array([1, 1, 2, 1]))

    assert lookup.rows(keys("điện bưu điện giờ bưu xa").exact).tolist() == [1, 2, 3, 0]


@given(st.lists(st.sampled_from(["bưu", "điện", "giờ", "xa"]), max_size=12))
def test_every_known_syllable_is_taken_once(syllables):
    words = ["bưu", "điện", "bưu điện", "giờ"]
    lookup = Lookup(keys("\n".join(words)).exact, np.array([1, 1, 2, 1]))

    rows = lookup.rows(keys(" ".join(syllables)).exact)

    taken = " ".join(words[row] for row in rows)
    assert taken.split() == [syllable for syllable in syllables if syllable != "xa"]


def test_a_short_text_is_one_part_with_its_title():
    assert parts("Hẹn giờ", "Người dân chọn giờ.") == ("Hẹn giờ. Người dân chọn giờ.",)
    assert parts("Hẹn giờ", "Hẹn giờ\n\nNgười dân") == ("Hẹn giờ\n\nNgười dân",)


@given(st.integers(HEAD + 1, 3 * HEAD))
def test_a_long_text_is_its_head_and_the_whole(words):
    head, whole = parts("", "một " * words)

    assert len(head.split()) == HEAD
    assert whole.startswith(head)


def test_an_api_is_asked_once_for_all_parts_and_answers_in_any_order(api):
    first, second = Endpoint(settings(api)).embed(["ab", "abcd"])

    assert (first.tolist(), second.tolist()) == ([127, 64, -127], [127, 32, -64])
    assert api.asked == [{"path": "/v1/embeddings", "model": "e5", "input": ["ab", "abcd"]}]
    assert api.keys == ["Bearer k"]


def test_both_models_say_what_a_text_means_and_the_api_comes_first(api):
    found = Embedder(settings(api)).look_at("", BY_POST)

    assert [meaning.model for meaning in found] == ["e5", shipped().name]


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"{}",
        b'{"data": []}',
        b'{"data": [{"index": 1, "embedding": [1.0]}]}',
        b'{"data": [{"index": 0, "embedding": []}]}',
        b'{"data": [{"index": 0, "embedding": [0.0, 0.0]}]}',
        b'{"data": [{"index": 0, "embedding": ["x"]}]}',
        b" " * (9 << 20),
    ],
)
def test_a_wrong_answer_is_no_answer(api, answer):
    api.answer = answer

    assert Endpoint(settings(api)).embed(["ab"]) is None


def test_without_the_api_the_table_still_says_what_a_text_means(api):
    api.status = 503

    found = Embedder(settings(api)).look_at("", BY_POST)

    assert [meaning.model for meaning in found] == [shipped().name]


def test_an_api_that_fails_again_and_again_is_left_alone(api):
    api.status = 500
    endpoint = Endpoint(settings(api))

    found = [endpoint.embed(["ab"]) for _ in range(PATIENCE + 5)]

    assert found == [None] * (PATIENCE + 5)
    assert len(api.asked) == PATIENCE


def test_one_success_forgives_earlier_failures(api):
    endpoint = Endpoint(settings(api))

    for status in [500] * (PATIENCE - 1) + [200] + [500] * (PATIENCE - 1):
        api.status = status
        endpoint.embed(["ab"])

    api.status = 200
    assert endpoint.embed(["ab"]) is not None


def test_an_api_that_is_not_there_is_no_answer():
    nowhere = Api(url="http://127.0.0.1:9/v1")

    assert Endpoint(settings(nowhere)).embed(["ab"]) is None


def test_switched_off_nothing_means_anything(api):
    embedder = Embedder(settings(api, vectors="off"))

    assert embedder.look_at("", BY_POST) == ()
    assert api.asked == []


def test_lists_and_curve_are_of_the_table_alone():
    embedder = Embedder(OriginalitySettings())
    (by_table,) = embedder.look_at("", BY_POST)
    by_api = Meaning("e5", by_table.vectors)

    assert embedder.curve(by_table) is shipped().cosines
    assert embedder.centroids(by_table) is shipped().centroids
    assert (embedder.curve(by_api), embedder.centroids(by_api)) == (None, None)


def test_fewer_words_than_the_least_are_too_few():
    assert shipped().embed("hồ sơ " * (LEAST - 1)) is None
    assert shipped().embed("hồ sơ " * LEAST) is not None


@given(st.lists(st.integers(0, 9), max_size=40))
def test_a_sum_of_vectors_is_that_of_their_matrix(chosen):
    dice = np.random.default_rng(len(chosen))
    vectors = dice.integers(-127, 128, (10, 16)).astype(np.int8)
    scales = dice.random(10).astype(np.float32)
    rows = np.array(chosen, np.int64)

    summed = mixture(vectors, scales, rows)

    assert summed == pytest.approx(scales[rows] @ vectors[rows].astype(np.float64), abs=1e-2)


def test_cosine_is_that_of_the_angle_and_none_without_direction():
    vectors = np.array([[3, 4], [-6, -8], [4, -3], [0, 0], [127, 0]], np.int8)

    found = cosines(vectors, np.array([30, 40], np.int8))

    assert found == pytest.approx([1.0, -1.0, 0.0, 0.0, 0.6])
