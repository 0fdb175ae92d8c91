"""Codes: well formed, and never given twice."""

import re
from collections.abc import Callable, Iterable, Iterator

from contracts.rules import Area, Authority, Dossier, Entrants, Holiday, Prize, Round
from services.intake.rules.tree import Mistake, Path

CODE = re.compile(r"[A-Z][A-Z0-9_]{0,39}", re.ASCII)
CONTEST_ID = re.compile(r"[A-Z0-9][A-Z0-9-]{1,39}", re.ASCII)


def contest_id_is_well_formed(id: str) -> Iterator[Mistake]:  # noqa: A002 - the key's name
    """Allow capital letters, digits and hyphens: the id is part of addresses."""
    if not CONTEST_ID.fullmatch(id):
        sentence = f"“{id}” không dùng được: chỉ gồm chữ in hoa không dấu, chữ số và dấu “-”."
        yield Mistake(("id",), sentence)


def areas_have_codes(areas: tuple[Area, ...]) -> Iterator[Mistake]:
    """Check the areas' codes; there is at least one area."""
    yield from _codes([area.code for area in areas], ("areas",), "code")
    if not areas:
        yield Mistake(("areas",), "Cần ít nhất một lĩnh vực dự thi.")


def groups_have_codes(entrants: Entrants) -> Iterator[Mistake]:
    """Check the codes of the entrants' groups; there is at least one group and one kind."""
    path: Path = ("entrants", "groups")
    yield from _codes([group.code for group in entrants.groups], path, "code")
    if not entrants.groups:
        yield Mistake(path, "Cần ít nhất một nhóm đối tượng dự thi.")
    if not entrants.kinds:
        yield Mistake(("entrants", "kinds"), "Cần ít nhất một trong INDIVIDUAL, COLLECTIVE.")
    classes = [one.code for one in entrants.classes]
    yield from _codes(classes, ("entrants", "classes"), "code")


def papers_have_codes(dossier: Dossier) -> Iterator[Mistake]:
    """Check the papers' codes, which no two papers of the dossier share."""
    required = [paper.code for paper in dossier.required]
    yield from _codes(required, ("dossier", "required"), "code")
    optional = [paper.code for paper in dossier.optional]
    yield from _codes(optional, ("dossier", "optional"), "code", taken=required)
    conditional = [paper.code for paper in dossier.conditional]
    path: Path = ("dossier", "conditional")
    yield from _codes(conditional, path, "code", taken=(*required, *optional))


def parts_of_the_dossier_have_codes(dossier: Dossier) -> Iterator[Mistake]:
    """Check the codes of declarations and of what a clerk looks at."""
    declared = [one.code for one in dossier.declarations]
    yield from _codes(declared, ("dossier", "declarations"), "code")
    looked_at = [one.code for one in dossier.checklist]
    yield from _codes(looked_at, ("dossier", "checklist"), "code")


def rounds_have_codes(rounds: tuple[Round, ...]) -> Iterator[Mistake]:
    """Check the codes of rounds, of each rubric and of each criterion's parts."""
    yield from _codes([one.id for one in rounds], ("rounds",), "id")
    for at, one in enumerate(rounds):
        path: Path = ("rounds", at, "rubric")
        yield from _codes([line.code for line in one.rubric], path, "code")
        for number, line in enumerate(one.rubric):
            yield from _codes([part.code for part in line.sub], (*path, number, "sub"), "code")


def authorities_have_codes(authorities: tuple[Authority, ...]) -> Iterator[Mistake]:
    """Check the authorities' codes, which are part of a role's name."""
    yield from _codes([one.code for one in authorities], ("authorities",), "code")


def prizes_have_codes(prizes: tuple[Prize, ...]) -> Iterator[Mistake]:
    """Check the prizes' codes."""
    yield from _codes([prize.code for prize in prizes], ("prizes",), "code")


def holidays_are_listed_once(holidays: tuple[Holiday, ...]) -> Iterator[Mistake]:
    """Refuse a day that is listed twice, as it might be off and made up for at once."""
    seen = set()
    for at, holiday in enumerate(holidays):
        if holiday.day in seen:
            sentence = f"Ngày {holiday.day:%d/%m/%Y} đã có trong danh sách; hãy bỏ một dòng."
            yield Mistake(("holidays", at, "day"), sentence)
        seen.add(holiday.day)


def _codes(codes: list[str], path: Path, key: str, taken: Iterable[str] = ()) -> Iterator[Mistake]:
    seen = set(taken)
    for at, code in enumerate(codes):
        if not CODE.fullmatch(code):
            sentence = f"Mã “{code}” không dùng được: chỉ gồm A-Z, 0-9, “_”, bắt đầu bằng chữ."
            yield Mistake((*path, at, key), sentence)
        if code in seen:
            yield Mistake((*path, at, key), f"Mã “{code}” đã được dùng; mỗi mục cần một mã riêng.")
        seen.add(code)


CHECKS: tuple[Callable[..., Iterator[Mistake]], ...] = (
    contest_id_is_well_formed,
    areas_have_codes,
    groups_have_codes,
    papers_have_codes,
    parts_of_the_dossier_have_codes,
    rounds_have_codes,
    authorities_have_codes,
    prizes_have_codes,
    holidays_are_listed_once,
)
