"""What the charts of adoption show: milestones of every adopter, and the way of an index."""

from collections.abc import Sequence

from contracts.awards import AdoptionPlan
from contracts.rules import Rules
from services.awards.charts.bars import Bars, Series
from services.awards.charts.ways import Way, Ways

PARTS = {
    "done": "Hoàn thành đúng hạn",
    "done_late": "Hoàn thành muộn",
    "open": "Đang thực hiện",
    "overdue": "Quá hạn",
}


def milestone_chart(rules: Rules, plans: Sequence[AdoptionPlan]) -> Bars:
    """Say how many milestones each adopter has done in time, done late, open, and overdue."""
    return Bars(
        title=f"Tiến độ nhân rộng sáng kiến – {rules.title}",
        description=f"Số mốc của {len(plans)} kế hoạch nhân rộng, theo từng nơi áp dụng.",
        labels=tuple(map(labelled, plans)),
        series=tuple(
            Series(told, tuple(getattr(plan.standing, name) for plan in plans))
            for name, told in PARTS.items()
        ),
        stacked=True,
    )


def index_chart(rules: Rules, plans: Sequence[AdoptionPlan], index: str) -> Ways:
    """Say how far every indicator of an index has come, of every adopter."""
    ways = tuple(
        Way(
            label=" – ".join(filter(None, (labelled(plan), view.indicator.component))),
            measure=view.indicator.measure,
            year=view.indicator.year,
            baseline=view.indicator.baseline,
            target=view.indicator.target,
            actual=view.readings[-1].actual if view.readings else None,
            progress=view.progress,
        )
        for plan in plans
        for view in plan.indicators
        if view.indicator.index == index
    )
    return Ways(
        title=f"Chỉ số {index} – {rules.title}",
        description=f"{len(ways)} chỉ tiêu: giá trị trước khi áp dụng, hiện nay và mục tiêu.",
        ways=ways,
    )


def labelled(plan: AdoptionPlan) -> str:
    """Name an adopter and what it adopts."""
    return f"{plan.adopter}: {plan.title}"
