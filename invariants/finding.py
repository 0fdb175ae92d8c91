"""What a check returns: how much it looked at, what is wrong, what is worth saying."""

from dataclasses import dataclass, field

SHOWN = 20  # faults that are kept word for word; the others are counted


@dataclass
class Finding:
    """What was found of one invariant. `unit` names what was counted, in the plural."""

    unit: str
    looked_at: int = 0
    faulty: int = 0
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.faulty

    def fault(self, sentence: str, count: int = 1) -> None:
        """Note something wrong, as a sentence that says what and where; `count` things are so."""
        if len(self.faults) < SHOWN:
            self.faults.append(sentence)
        self.faulty += count
