"""Chooses whom a roster calls when, by OR-Tools' CP-SAT (the extra `roster`); the only module that imports it.

First as few empty seats as can be, and among them the first places filled; then fair, with wishes. One worker and a
fixed seed: the same question has the same answer, unless the time is up.
"""

from itertools import pairwise
from time import monotonic
from typing import Final, NamedTuple

from ortools.sat.python import cp_model

from telemed.rosters.planning import DAY, NOTHING, Counts, Duty, Person, Question, counts, duty, free_days, why_not

UNIT: Final = 10  # a shift more than another has costs twice that, each further one more
TIE: Final = 3  # of two alike whoever had more in the months before comes later
MOST_TIES: Final = 3  # so that the past never weighs as much as a shift
WISH: Final = 50
SHORTEST: Final = 0.1  # seconds
Var = cp_model.IntVar
Weighed = list[tuple[Var, int]]


class Answer(NamedTuple):
    """`fewest`: no plan fills more seats; `best`: none that fills as many is fairer. Each is claimed only if proven."""

    chosen: list[Duty]
    fewest: bool
    best: bool


def solve(question: Question, seconds: float) -> Answer:
    """The plan found within this time; the process goes on with other things meanwhile."""
    until, model = monotonic() + seconds, _Model(question)
    if (filled := model.fill(seconds)) is None:
        return Answer([], fewest=False, best=False)
    fairer = model.even_out(max(SHORTEST, until - monotonic()))
    chosen, best = fairer or (filled[0], False)
    return Answer(chosen, filled[1], best and filled[1])


def fewest(question: Question, seconds: float) -> int | None:
    """How many seats stay empty at least, as far as is found in this time."""
    filled = _Model(question).fill(seconds)
    return len(question.seats) - len(filled[0]) if filled is not None else None


class _Model:
    def __init__(self, question: Question) -> None:
        self.question, self.model = question, cp_model.CpModel()
        self.seats = question.seats
        self.hint: dict[int, bool] = {}
        self.of: list[dict[int, Var]] = []  # by person, by seat
        for person in question.people:
            kept = question.kept_of(person.id)
            able = [n for n, seat in enumerate(self.seats) if why_not(person, seat, kept, question.limits) is None]
            self.of.append({n: self.model.new_bool_var("") for n in able})
        self.empty = [self.model.new_bool_var("") for _ in self.seats]
        for n, empty in enumerate(self.empty):
            self.model.add_exactly_one([empty, *(each[n] for each in self.of if n in each)])
        for person, seats in zip(question.people, self.of, strict=True):
            self._rest(seats)
            self._limit(person, seats)
        places = len(question.limits.ranks)
        each = len(self.seats) * places
        self.lost = cp_model.LinearExpr.weighted_sum(self.empty, [each + places - seat.place for seat in self.seats])

    def _rest(self, seats: dict[int, Var]) -> None:
        """Slots follow one another, so all that begin before somebody is rested exclude one another as well."""
        for span in dict.fromkeys(self.seats[n].slot.span for n in seats):
            rested = span.end + self.question.limits.rest
            near = [var for n, var in seats.items() if span.start <= self.seats[n].slot.span.start < rested]
            if len(near) > 1:
                self.model.add_at_most_one(near)

    def _limit(self, person: Person, seats: dict[int, Var]) -> None:
        limits, kept = self.question.limits, self.question.kept_of(person.id)
        if limits.most is not None:
            self.model.add(sum(seats.values()) <= max(0, limits.most - counts(kept).shifts))
        nights = {each.day for each in kept if each.night}
        chosen = [(self.seats[n].slot.day, var) for n, var in seats.items() if self.seats[n].slot.night]
        firsts = {day - back * DAY for day, _ in chosen for back in range(limits.nights + 1)}
        for first in sorted(firsts):
            days = {first + n * DAY for n in range(limits.nights + 1)}
            some = [var for day, var in chosen if day in days]
            if len(some) + len(days & nights) > limits.nights:
                self.model.add(sum(some) <= max(0, limits.nights - len(days & nights)))

    def fill(self, seconds: float) -> tuple[list[Duty], bool] | None:
        """As many seats as can be; from then on no fewer."""
        self.model.minimize(self.lost)
        solver, status = self._solved(seconds)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        self._keep(solver)
        return self._chosen(solver), status == cp_model.OPTIMAL

    def _keep(self, solver: cp_model.CpSolver) -> None:
        """From here on no fewer seats are filled; what was found is where the search goes on."""
        if solver.objective_value == 0:
            self.model.add_bool_and([~each for each in self.empty])
        else:
            self.model.add(self.lost <= round(solver.objective_value))
        for var in [*self.empty, *(var for each in self.of for var in each.values())]:
            self.hint[var.index] = solver.boolean_value(var)
            self.model.add_hint(var, self.hint[var.index])

    def even_out(self, seconds: float) -> tuple[list[Duty], bool] | None:
        costs: Weighed = []
        before = [each.before for each in self.question.people]
        least = Counts(*(min(each) for each in zip(*before, strict=True))) if before else NOTHING
        for person, seats in zip(self.question.people, self.of, strict=True):
            costs += self._uneven(person, seats, least) + self._wishes(person, seats)
        self.model.minimize(sum(var * cost for var, cost in costs))
        solver, status = self._solved(seconds)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        return self._chosen(solver), status == cp_model.OPTIMAL

    def _uneven(self, person: Person, seats: dict[int, Var], least: Counts) -> Weighed:
        """What each further shift, night and holiday costs: the more somebody has, and the less they are there."""
        question, costs = self.question, list[tuple[Var, int]]()
        days = len({each.day for each in question.slots})
        unit = round(UNIT * days / free_days(question, person))
        had = counts(question.kept_of(person.id))
        measures = (
            list(seats),
            [n for n in seats if self.seats[n].slot.night],
            [n for n in seats if self.seats[n].slot.holiday],
        )
        for measure, some in enumerate(measures):
            tie = TIE * min(MOST_TIES, person.before[measure] - least[measure])
            levels = [self.model.new_bool_var("") for _ in range(self._most(some))]
            self.model.add(sum(seats[n] for n in some) == sum(levels))
            had_now = sum(self.hint[seats[n].index] for n in some)
            for n, level in enumerate(levels):
                self.model.add_hint(level, n < had_now)
            for lower, higher in pairwise(levels):
                self.model.add_implication(higher, lower)
            costs += [(var, unit * (2 * (had[measure] + n) + 1) + tie) for n, var in enumerate(levels)]
        return costs

    def _most(self, some: list[int]) -> int:
        """How many of these seats one person can have, rested in between."""
        most, rested = 0, None
        for start, end in dict.fromkeys(self.seats[n].slot.span for n in some):
            if rested is None or start >= rested:
                most, rested = most + 1, end + self.question.limits.rest
        return most

    def _wishes(self, person: Person, seats: dict[int, Var]) -> Weighed:
        costs = [(var, WISH) for n, var in seats.items() if self.seats[n].slot.day in person.off]
        for day in sorted(person.on):
            some = [var for n, var in seats.items() if self.seats[n].slot.day == day]
            if some:
                met = self.model.new_bool_var("")
                self.model.add(met <= sum(some))
                self.model.add_hint(met, any(self.hint[each.index] for each in some))
                costs.append((met, -WISH))
        return costs

    def _solved(self, seconds: float) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        # It is all but a flow: the linear bound proves the best, and its solution leads there.
        solver.parameters.linearization_level = 2
        solver.parameters.search_branching = cp_model.LP_SEARCH
        # Looking for these took a third of the time and found nothing.
        solver.parameters.symmetry_level = solver.parameters.cp_model_probing_level = 0
        solver.parameters.max_time_in_seconds = seconds
        return solver, solver.solve(self.model)

    def _chosen(self, solver: cp_model.CpSolver) -> list[Duty]:
        return [
            duty(seat, person.id)
            for n, seat in enumerate(self.seats)
            for person, seats in zip(self.question.people, self.of, strict=True)
            if n in seats and solver.boolean_value(seats[n])
        ]
