"""Following a proof that a tree only grew, written from RFC 9162 alone."""

from collections.abc import Iterable

from recount.kit import node_hash


def follows_consistency(  # noqa: C901, PLR0911, PLR0912  # the steps as the RFC has them
    before: int, size: int, path: Iterable[bytes], earlier: bytes, root: bytes
) -> bool:
    """Section 2.1.4.2, step by step."""
    proof = list(path)
    if before == size:
        return not proof and earlier == root
    if not 0 < before < size:
        return False
    if before & (before - 1) == 0:  # a power of two
        proof.insert(0, earlier)
    if not proof:
        return False
    fn, sn = before - 1, size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = proof[0]
    for c in proof[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node_hash(c, fr), node_hash(c, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, c)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == earlier and sr == root
