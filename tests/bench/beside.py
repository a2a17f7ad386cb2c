"""The yardsticks beside the measurements: samples before and after each, also where several metrics share one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from scripts.yardstick import Sample


@dataclass
class Shared:
    """What several metrics rest on, and the samples beside its making; `again`: it was made a second time."""

    value: object
    samples: list[Sample] = field(default_factory=list)
    again: bool = False


@dataclass
class Watched:
    """The samples beside all that a figure rests on; `again`: all of it was made a second time already."""

    samples: list[Sample] = field(default_factory=list)
    again: bool = False


@dataclass
class Beside:
    """Takes the samples; the one after a measurement is the one before the next."""

    take: Callable[[], Sample]
    last: Sample | None = None
    shared: dict[object, Shared] = field(default_factory=dict)
    _used: list[Shared] = field(default_factory=list)

    def once(self, key: object, make: Callable[[], object]) -> object:
        """What was made before under this key, or is made now."""
        if key not in self.shared:
            self.shared[key] = Shared(make())
        self._used.append(self.shared[key])
        return self.shared[key].value

    @contextmanager
    def watched(self) -> Iterator[Watched]:
        """Complete when left. What only repeats a shared result takes no new sample: it would say nothing of it."""
        watched, before = Watched(), self.last or self.take()
        self._used.clear()
        self.last = None
        try:
            yield watched
        except Exception:  # what is shared may serve the next metric
            self._complete(watched, before)
            raise
        self._complete(watched, before)

    def _complete(self, watched: Watched, before: Sample) -> None:
        known = [each for each in self._used if each.samples]
        if self._used and len(known) == len(self._used):
            self.last = before
        else:
            self.last = self.take()
            watched.samples = [before, self.last]
            for each in self._used:
                each.samples = each.samples or watched.samples
        watched.samples = watched.samples + [sample for each in known for sample in each.samples]
        watched.again = bool(known) and all(each.again for each in self._used)

    def anew(self) -> "Beside":
        """For measuring once more: nothing is shared yet."""
        return Beside(self.take, self.last)

    def take_over(self, later: "Beside") -> None:
        """What was made once more serves the metrics that come."""
        for each in later.shared.values():
            each.again = True
        self.shared |= later.shared
        self.last = later.last
