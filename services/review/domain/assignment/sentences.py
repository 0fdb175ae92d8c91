"""What a witness says, in Vietnamese."""

from collections.abc import Sequence

from services.review.domain.assignment.problem import Witness


def sentence(witness: Witness, areas: Sequence[str]) -> str:
    """Say that entries of these areas, named in words, need more reviews than can be had."""
    if witness.split is not None:
        return (
            "Với các cặp giám khảo không được chấm chung, dù sắp xếp cách nào cũng có bài không"
            " đủ giám khảo; xem tệp chứng cứ."
        )
    where = f"Lĩnh vực {', '.join(f'“{area}”' for area in areas)}: " if any(areas) else ""
    needs = f"{len(witness.entries)} bài cần {witness.needed} lượt chấm"
    if not witness.judges:
        others = f"các giám khảo được phép chấm đảm nhận nhiều nhất {witness.outside} lượt"
        return f"{where}{needs}; {others}."
    able = (
        f"{len(witness.judges)} giám khảo được phép chấm đảm nhận nhiều nhất {witness.inside} lượt"
    )
    others = f", các giám khảo khác nhiều nhất {witness.outside} lượt" if witness.outside else ""
    return f"{where}{needs}; {able}{others}."
