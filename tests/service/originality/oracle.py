"""The index as it should be: everything in memory, everything looked at."""

from collections import Counter
from collections.abc import Mapping
from math import log1p

from services.originality.store.postings import Channel
from services.originality.store.postings.keys import length_class


class Oracle:
    """Texts by channel, each with how often it has every hash."""

    def __init__(self) -> None:
        self.texts: dict[Channel, dict[int, Counter[int]]] = {each: {} for each in Channel}

    def add(self, channel: Channel, text_id: int, hashes: Mapping[int, int]) -> None:
        self.texts[channel][text_id] = Counter(hashes)

    def remove(self, text_id: int) -> None:
        for texts in self.texts.values():
            texts.pop(text_id, None)

    def search(
        self, channel: Channel, asked: set[int], limit: int, max_df: int, min_shared: int
    ) -> list[tuple[int, float, int]]:
        texts = self.texts[channel]
        df = Counter(value for own in texts.values() for value in own if value in asked)
        weights = {value: log1p(len(texts) / n) for value, n in df.items() if n <= max_df}
        scored = []
        for text_id, own in texts.items():
            shared = [weights[value] for value in own if value in weights]
            if shared and len(shared) >= min_shared:
                scored.append((text_id, round(sum(shared), 9), len(shared)))
        return sorted(scored, key=lambda each: (-each[1], each[0]))[:limit]

    def bm25(self, asked: set[int], limit: int) -> list[tuple[int, float, int]]:
        texts = self.texts[Channel.TERM]
        mean = sum(own.total() for own in texts.values()) / max(len(texts), 1)
        df = Counter(value for own in texts.values() for value in own if value in asked)
        scored = []
        for text_id, own in texts.items():
            length = 2 ** (length_class(own.total()) / 16)
            score = 0.0
            for value in asked & own.keys():
                rarity = log1p((len(texts) - df[value] + 0.5) / (df[value] + 0.5))
                tf = own[value]
                score += rarity * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * length / mean))
            if asked & own.keys():
                scored.append((text_id, round(score, 9), len(asked & own.keys())))
        return sorted(scored, key=lambda each: (-each[1], each[0]))[:limit]
