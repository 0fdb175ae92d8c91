"""How Vietnamese syllables are spelt, by rule: onset and rime, and the tones they may bear.

Needs nothing, so that the engine and the reader of documents can both go by it.
"""

# ruff: noqa: SIM905  # a table reads better as a line of text
_ONSETS = ("", *"b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split())
_RIMES = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu "
    "i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu "
    "o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet "
    "oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt "
    "u ua uâc uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy "
    "uya uych uyên uyêt uyn uynh uyt uyu "
    "ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y ych yêm yên yêng yêt yêu ynh yt"
).split()
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
STOPPED = ("c", "ch", "p", "t")  # these endings bear only sắc and nặng
_FRONT = frozenset("ieêy")


def _joined(onset: str, rime: str) -> str | None:
    """Return how onset and rime are spelt together, or None where they never meet."""
    front = rime[0] in _FRONT
    meet = True
    match onset:
        case "k" | "gh" | "ngh":
            meet = front
        case "c" | "g" | "ng":
            meet = not front
        case "qu":
            meet = rime[0] not in "uưo"
        case "gi" if rime[0] == "i":
            onset = "g"
    return onset + rime if meet else None


# Every syllable without its tone.
SPELT = frozenset(spelt for onset in _ONSETS for rime in _RIMES if (spelt := _joined(onset, rime)))
