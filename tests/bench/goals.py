"""What the benches promise: a metric, its unit, its goal and which side of it is better."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, TypeAdapter

GOALS = Path(__file__).with_name("goals.json")


class Goal(BaseModel):
    bench: str
    metric: str
    unit: str
    goal: float
    better: Literal["lower", "higher"]
    what: str

    def met(self, value: float, slower: float = 1, waits: float = 0) -> bool:
        """On a machine that is so many times slower than the reference; what only `waits` takes no longer there."""
        if self.better == "higher":
            return value >= self.goal / slower
        return value <= self.goal + max(0.0, self.goal - waits) * (slower - 1)


def goals(bench: str | None = None) -> list[Goal]:
    """All of them in the order of the file, or those of one bench."""
    found = TypeAdapter(list[Goal]).validate_json(GOALS.read_bytes())
    return [each for each in found if bench in (None, each.bench)]
