"""Ways to hide that a Vietnamese passage was copied, each as a function of text and dice."""

import random
import re
import unicodedata
from collections.abc import Callable, Sequence

CYRILLIC = str.maketrans("aeopcyxiAEOPCTXHKM", "аеорсухіАЕОРСТХНКМ")
PLACEMENTS = (
    *(("òa", "oà"), ("óa", "oá"), ("ỏa", "oả"), ("õa", "oã"), ("ọa", "oạ"), ("òe", "oè")),
    *(("óe", "oé"), ("ỏe", "oẻ"), ("ùy", "uỳ"), ("úy", "uý"), ("ủy", "uỷ"), ("ụy", "uỵ")),
)
MISREAD = "aeiounlmtđêôơưáàảãạ"  # what a scanner's reader puts for a letter

# Each word of a pair for the other; chosen for this project.
# ruff: noqa: SIM905  # a list reads better as a line of text
SYNONYMS = tuple(
    tuple(pair.split("="))
    for pair in (
        "thực hiện=triển khai;sử dụng=dùng;giúp=hỗ trợ;người dân=bà con;cán bộ=nhân viên;"
        "nhanh chóng=mau chóng;hồ sơ=giấy tờ;tăng=gia tăng;giảm=hạ;lớn=to;nhỏ=bé;"
        "quan trọng=thiết yếu;khó khăn=trở ngại;kết quả=thành quả;nguyên nhân=lý do;"
        "hiện nay=bây giờ;trước đây=ngày trước;sau đó=kế đó;tuy nhiên=song;vì vậy=do đó;"
        "nhưng=thế nhưng;cho biết=nói rằng;khẳng định=quả quyết;yêu cầu=đòi hỏi;"
        "kiểm tra=rà soát;xây dựng=dựng nên;phát triển=mở mang;bảo đảm=đảm bảo;"
        "nâng cao=cải thiện;phối hợp=cộng tác;tổ chức=bày ra;đơn vị=cơ sở;địa phương=sở tại;"
        "thời gian=thời hạn;trường hợp=tình huống;công việc=việc làm;học sinh=học trò;"
        "giáo viên=thầy cô;bác sĩ=thầy thuốc;bệnh nhân=người bệnh;phụ nữ=chị em;trẻ em=con trẻ;"
        "gia đình=nhà;xe máy=mô tô;máy bay=phi cơ;thành phố=đô thị;nước ngoài=hải ngoại;"
        "thế giới=hoàn cầu;rất=hết sức;nhiều=vô số;một số=vài;các=những;cũng=vẫn;đã=từng;sẽ=sắp;"
        "để=nhằm;khi=lúc;với=cùng;trong=ở trong;của=thuộc;và=cùng với;phải=cần;không=chẳng;"
        "được=đặng;bị=mắc;về=liên quan đến;từ=kể từ;đến=tới;theo=dựa theo"
    ).split(";")
)
_SWAPS = {word: other for pair in SYNONYMS for word, other in (pair, pair[::-1])}
_SYNONYM = re.compile(
    r"\b(?:" + "|".join(sorted(map(re.escape, _SWAPS), key=len, reverse=True)) + r")\b"
)

Disguise = Callable[[str, random.Random, Sequence[str]], str]


def as_it_is(text: str, _dice: random.Random, _vocabulary: Sequence[str]) -> str:
    """Change nothing."""
    return text


def without_marks(text: str, _dice: random.Random, _vocabulary: Sequence[str]) -> str:
    """Type it without any diacritic."""
    parts = unicodedata.normalize("NFD", text)
    bare = "".join(part for part in parts if unicodedata.category(part) != "Mn")
    return bare.replace("đ", "d").replace("Đ", "D")


def tones_elsewhere(text: str, _dice: random.Random, _vocabulary: Sequence[str]) -> str:
    """Put tones on the other vowel: hoà for hòa."""
    for new, old in PLACEMENTS:
        text = text.replace(old, "\0").replace(new, old).replace("\0", new)
    return text


def decomposed(text: str, _dice: random.Random, _vocabulary: Sequence[str]) -> str:
    """Write marks as characters of their own."""
    return unicodedata.normalize("NFD", text)


def look_alikes(text: str, dice: random.Random, _vocabulary: Sequence[str]) -> str:
    """Put Cyrillic letters for a third of those that look the same."""
    return "".join(each.translate(CYRILLIC) if dice.random() < 0.3 else each for each in text)


def invisible(text: str, dice: random.Random, _vocabulary: Sequence[str]) -> str:
    """Put characters nobody sees into a tenth of the places inside words."""
    return "".join(
        each + dice.choice("\u200b\u200d\u2060\u00ad")
        if each.isalpha() and dice.random() < 0.1
        else each
        for each in text
    )


def misread(text: str, dice: random.Random, _vocabulary: Sequence[str]) -> str:
    """Read 3 % of the letters wrongly and lose 0.6 % of the characters, as from a bad scan."""
    return "".join(
        dice.choice(MISREAD) if each.isalpha() and chance < 0.03 else each
        for each in text
        if not 0.03 <= (chance := dice.random()) < 0.036
    )


def synonyms(text: str, dice: random.Random, _vocabulary: Sequence[str]) -> str:
    """Put another word for four fifths of those that have one in the list."""
    return _SYNONYM.sub(
        lambda found: _SWAPS[found.group()] if dice.random() < 0.8 else found.group(), text
    )


def edited(part: float) -> Disguise:
    """Return a disguise that drops, replaces and puts in words, so many of all."""

    def edit(text: str, dice: random.Random, vocabulary: Sequence[str]) -> str:
        said = []
        for word in text.split():
            chance = dice.random() / part
            if 1 / 3 <= chance < 2 / 3:
                said.append(dice.choice(vocabulary))
            elif chance >= 1 / 3:
                said.append(word)
            if 2 / 3 <= chance < 1:
                said.append(dice.choice(vocabulary))
        return " ".join(said)

    return edit


def sentences_shuffled(text: str, dice: random.Random, _vocabulary: Sequence[str]) -> str:
    """Put the sentences in another order."""
    parts = re.split(r"(?<=[.!?])\s+", text)
    dice.shuffle(parts)
    return " ".join(parts)


def words_shuffled(text: str, dice: random.Random, _vocabulary: Sequence[str]) -> str:
    """Put the words of every three to six in another order."""
    words = text.split()
    said: list[str] = []
    while words:
        size = dice.randint(3, 6)
        near, words = words[:size], words[size:]
        dice.shuffle(near)
        said += near
    return " ".join(said)


DISGUISES: dict[str, Disguise] = {
    "none": as_it_is,
    "no diacritics": without_marks,
    "tone placement": tones_elsewhere,
    "NFD": decomposed,
    "homoglyphs": look_alikes,
    "zero-width": invisible,
    "shuffled sentences": sentences_shuffled,
    "OCR": misread,
    "synonyms": synonyms,
    "10 % edits": edited(0.10),
    "20 % edits": edited(0.20),
    "30 % edits": edited(0.30),
    "shuffled words": words_shuffled,
}
