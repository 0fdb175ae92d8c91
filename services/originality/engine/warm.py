"""Compiles every kernel and keeps it on disk: `python -m services.originality.engine.warm`.

An image or a set-up does so once; otherwise the first texts wait for it. Two short texts that
share a passage go through everything the engine does.
"""

import time

import msgspec
import numpy as np

from services.originality import engine
from services.originality.engine.kernels import postings
from services.originality.engine.kernels import vectors as kernels

_PASSAGE = (
    "Người dân chọn sẵn một khung giờ trên trang đặt hẹn của phường. Mỗi khung ba mươi phút nhận "
    "tám hồ sơ, nên không ai phải chờ ngoài hành lang. Cán bộ gọi từng người theo số thứ tự đã "
    "nhắn qua điện thoại, kèm danh sách giấy tờ cần mang theo. "
)
_OTHERS = "Hàng cây bằng lăng trước cổng trường mùa này nở tím. Bác bảo vệ quét lá từ sáng sớm. "


def main() -> None:
    """Compile, and say how long it took."""
    began = time.perf_counter()
    warm()
    warm_ideas()
    warm_index()
    print(f"{time.perf_counter() - began:.1f} s")  # noqa: T201  # a program speaks


def warm() -> None:
    """Prepare and compare, once each with texts short and long enough for windows."""
    engine.prepare(msgspec.msgpack.encode(engine.Unprepared((_PASSAGE,))))
    for times in (1, 40):
        text = _OTHERS * times + _PASSAGE
        source = engine.Source(1, _PASSAGE + _OTHERS[::-1] * times)
        engine.compare(msgspec.msgpack.encode(engine.Comparison(text, (source,))))


def warm_ideas() -> None:
    """Say once what a text means, and compare it with vectors as the database brings them."""
    vectors, scales = np.ones((2, 4), np.int8), np.ones(2, np.float32)
    rows = kernels.compounds(np.zeros(2, np.int64), np.zeros(1, np.int64))
    kernels.mixture(vectors, scales, rows)
    kernels.cosines(vectors, vectors[0])
    kernels.cosines(np.frombuffer(bytes(8), np.int8).reshape(2, 4), vectors[0])


def warm_index() -> None:
    """Call every kernel of the index once, with arrays like its own.

    What COPY brings cannot be written to, which to numba is another type.
    """
    one, shape = np.zeros(1, np.int64), np.array([10, 1, 0], np.int64)
    packed, _ = postings.pack(one, one, one, np.ones(1, np.int64), shape)
    words = np.frombuffer(packed.tobytes() + bytes(-len(packed) % 8), np.uint64)
    rows = np.zeros((1, 6), np.int64)
    postings.match(words, rows, shape, one)
    postings.unpack(words, rows, shape)
    postings.meet(words, rows, one)
    postings.spell(one)
    postings.fields(np.frombuffer(bytes(64), np.uint8))
    postings.spread(words, rows[0], shape)


if __name__ == "__main__":
    main()
