"""The race for people and places: clients book, keep, accept, move, plan and cancel over HTTP, many at a time; some
pass over the limits of a person and a room, and say why.

The short form is a test, the whole of it a bench. Another kind of attempt is another line of `Race._kinds`.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from time import perf_counter
from typing import Any, Final
from uuid import UUID

from sqlmodel import col, select

from telemed.consultations.model import Consultation
from telemed.consultations.words import State
from telemed.rounds.model import RoundSession
from telemed.scheduling.model import Booking, BookingState, Occupancy
from tests.contracts.overlaps import overlaps
from tests.contracts.race_result import Asked, Meeting, Result, names_what_blocks
from tests.contracts.race_world import Field
from tests.telemed.conftest import NOW, Call, FakeClock, World

CLIENTS: Final = 32
DAYS: Final = 4  # Tuesday to Friday, eight to five
OPENS, CELL, CELLS = NOW + timedelta(hours=23), timedelta(minutes=5), 108
BY_DAY: Final = ("TU", "WE", "TH", "FR")
GOES_ON: Final = 1_000  # attempts, at most, where it waits for losers
LOOKS: Final = 20  # how often the tables are swept while it runs
WHY: Final = "家属只有这一天能来"  # limits are passed over
TAKEN: Final = {"clash", "person_taken"}  # somebody else has the time
# No time is in the way: the same thing is in another state by now.
OVERTAKEN: Final = {"already_booked", "wrong_state", "no_invitation", "hold_expired", "no_occurrence"}

Outcome = tuple[int, Any, Asked]


class Race:
    def __init__(self, call: Call, world: World, clock: FakeClock, field: Field, seed: int = 9) -> None:
        self._call, self._world, self._clock, self._field = call, world, clock, field
        self._random = Random(seed)
        self._meetings = {
            id: Meeting(doctor, field.experts[n % len(field.experts)], 0)
            for n, (id, doctor) in enumerate(field.consultations.items())
        }
        self._series: list[UUID] = []
        self.result = Result()
        # How often of a hundred.
        self._kinds: dict[str, tuple[int, Callable[[], Awaitable[Outcome | None]]]] = {
            "create": (22, self._create),
            "hold": (12, self._hold),
            "move": (16, self._move),
            "confirm": (18, self._confirm),
            "cancel": (8, self._cancel),
            "busy": (4, self._busy),
            "round": (4, self._plan_rounds),
            "round moved": (8, self._move_round),
            "override": (8, self._override),
        }

    async def run(self, attempts: int, clients: int = CLIENTS, until_lost: Collection[str] = ()) -> Result:
        """`until_lost`: it goes on until each of these kinds has lost, but not for ever: of few moves all may win."""
        for id, meeting in self._meetings.items():
            _, found = await self._call("coordinator", "GET", f"/consultations/{id}")
            meeting.version = found["version"]
        every = max(1, attempts // LOOKS)
        while attempts and self.result.attempts < GOES_ON:
            numbers = iter(range(self.result.attempts, self.result.attempts + attempts))
            await asyncio.gather(*(self._client(numbers, every) for _ in range(clients)))
            self.result.attempts += attempts
            attempts = 0 if set(until_lost) <= set(self.result.lost) else 50
        await self._look()
        self.result.torn = await self._torn()
        self.result.passed_over = await self._passed_over()
        return self.result

    async def _client(self, numbers: Iterator[int], every: int) -> None:
        names = list(self._kinds)
        weights = [weight for weight, _ in self._kinds.values()]
        for n in numbers:
            (kind,) = self._random.choices(names, weights)
            self._clock.move(seconds=1)  # so that what is kept, and nobody takes, is over in time
            outcome = await self._kinds[kind][1]()
            while outcome is None:  # there is nothing of this kind to do yet
                (kind,) = self._random.choices(names, weights)
                outcome = await self._kinds[kind][1]()
            await self._note(kind, *outcome)
            if n % every == 0:
                await self._look()

    async def _note(self, kind: str, status: int, body: Any, asked: Asked) -> None:
        if status < 300:
            self.result.won[kind] += 1
        elif status == 409 and body["reason"] in TAKEN and names_what_blocks(body, asked):
            self.result.lost[kind] += 1
        elif status == 409 and body["reason"] == "limits" and body["limits"] and kind != "override":
            self.result.limited[kind] += 1
        elif status == 503:
            self.result.put_off += 1
        elif await self._overtaken(status, body, asked):
            self.result.overtaken[kind] += 1
        else:
            self.result.unnamed.append(f"{kind}: {status} {body}"[:600])

    async def _overtaken(self, status: int, body: Any, asked: Asked) -> bool:
        """Another client was first with the same thing, and the answer says how it stands now."""
        if status == 412:
            return bool(body["current"]["version"])
        if status == 404:  # called off meanwhile, which the hub then sees no more
            return await self._called_off(asked.of)
        return status == 409 and body["reason"] in OVERTAKEN

    async def _called_off(self, id: UUID | None) -> bool:
        async with self._world.db.read() as db:
            row = await db.get(Consultation, id) if id else None
        return row is not None and row.state is State.cancelled

    async def _look(self) -> None:
        self.result.overlaps += await overlaps(self._world.db)
        self.result.looks += 1

    async def _torn(self) -> int:
        """Of what stands: bookings that lack somebody who was asked for."""
        async with self._world.db.read() as db:
            query = select(Booking.activity_id, Occupancy.resource_id).join(Occupancy)
            query = query.where(Booking.state != BookingState.cancelled, col(Booking.held_for).is_(None))
            found = (await db.exec(query)).all()
        has: dict[UUID, set[UUID]] = {}
        for id, resource in found:
            if id in self._meetings:
                has.setdefault(id, set()).add(resource)
        return sum(not self._meetings[id].taken.who <= taken for id, taken in has.items())

    async def _passed_over(self) -> int:
        """Bookings over a limit, of which each says why. Rounds are asked for no reason (decision 64)."""
        async with self._world.db.read() as db:
            found = (await db.exec(select(Booking.overridden, Booking.override_reason))).all()
        return sum(bool(limits) and reason == WHY for limits, reason in found)

    async def _timed(self, who: str, method: str, path: str, **more: Any) -> tuple[int, Any]:
        began = perf_counter()
        status, body = await self._call(who, method, path, **more)
        if status < 300:
            self.result.seconds.append(perf_counter() - began)
        return status, body

    # The attempts. Each answers with status, body and what it asked for.

    def _one(self, *states: str) -> tuple[UUID, Meeting] | None:
        """One of few, so that two clients often mean the same; None: there is none in these states."""
        some = [each for each in self._meetings.items() if each[1].state in states]
        return self._random.choice(some[:60]) if some else None

    def _span(self) -> tuple[datetime, datetime]:
        cells = self._random.choice((5, 6, 8, 12))
        start = OPENS + timedelta(days=self._random.randrange(DAYS))
        start += CELL * self._random.randrange(CELLS - cells + 1)
        return start, start + CELL * cells

    def _wish(
        self, id: UUID, meeting: Meeting, *, names: bool, why: str = ""
    ) -> tuple[dict[str, Any], Asked, tuple[str, ...]]:
        """A body for booking or keeping a time, with one to three people more and one to four places; with a reason in
        the room that has hours of its own."""
        field, ids = self._field, self._world.ids
        start, end = self._span()
        others = [each for each in field.experts if each != meeting.lead]
        beside = tuple(self._random.sample(others, self._random.choice((0, 1, 1, 2)))) if names else meeting.experts
        body: dict[str, Any] = {"starts_at": start.isoformat(), "ends_at": end.isoformat()}
        places = [field.limited_room if why else self._random.choice(field.rooms)]
        body["venue_id"] = str(places[0])
        if self._random.random() < 0.5:
            places.append(self._random.choice(field.branch_rooms))
            body["branch_venue_id"] = str(places[1])
        if self._random.random() < 0.3:
            places.append(self._random.choice(field.carts))
            body["venue_ids"] = [str(places[-1])]
        if names:
            body["lead_id"] = str(ids[meeting.lead])
            body["experts"] = [{"staff_id": str(ids[each])} for each in beside]
        meeting.named |= {ids[each] for each in beside}
        people = [ids[each] for each in (meeting.lead, meeting.doctor, *beside)]
        return body, Asked(frozenset([*people, *places]), start, end, id), beside

    async def _create(self) -> Outcome | None:
        found = self._one("approved")
        return await self._book(*found, names=True) if found else None

    async def _move(self) -> Outcome | None:
        found = self._one("scheduling", "scheduled")
        return await self._book(*found, names=False) if found else None

    async def _book(self, id: UUID, meeting: Meeting, *, names: bool, why: str = "") -> Outcome:
        body, asked, beside = self._wish(id, meeting, names=names, why=why)
        body |= {"override": why} if why else {}
        path = f"/consultations/{id}/booking"
        status, out = await self._timed("coordinator", "POST", path, json=body, match=meeting.version)
        if self._follow(meeting, status, out):
            meeting.taken, meeting.experts = asked, beside
            meeting.to_accept = [meeting.doctor, *beside, meeting.lead]
        return status, out, self._with_named(meeting, asked)

    def _follow(self, meeting: Meeting, status: int, out: Any) -> bool:
        """Whether it is the newest that is known of it: answers of two clients may come in another order."""
        said = out if status == 200 else out["current"] if status == 412 else {}
        if said.get("version", 0) < meeting.version:
            return False
        meeting.version, meeting.state = said["version"], said["state"]
        return status == 200

    async def _hold(self) -> Outcome | None:
        found = self._one("approved", "scheduling")
        if found is None:
            return None
        id, meeting = found
        body, asked, _ = self._wish(id, meeting, names=meeting.state == "approved")
        status, out = await self._timed("coordinator", "POST", f"/consultations/{id}/hold", json=body)
        return status, out, self._with_named(meeting, asked)

    def _with_named(self, meeting: Meeting, asked: Asked) -> Asked:
        """Whom another client has named for it meanwhile must be free too."""
        return replace(asked, who=asked.who | meeting.named)

    async def _confirm(self) -> Outcome | None:
        """One of those invited accepts; with the last it is confirmed."""
        found = self._one("scheduling")
        if found is None or not found[1].to_accept:
            return None
        id, meeting = found
        who, path = meeting.to_accept[0], f"/consultations/{id}/answer"
        status, out = await self._timed(who, "POST", path, json={"answer": "accepted"}, match=meeting.version)
        if self._follow(meeting, status, out) and who in meeting.to_accept:
            meeting.to_accept.remove(who)
        return status, out, replace(meeting.taken, of=id)

    async def _cancel(self) -> Outcome | None:
        found = self._one("scheduling", "scheduled")
        if found is None:
            return None
        id, meeting = found
        why = {"code": "resolved", "reason": "好转"}
        path = f"/consultations/{id}/cancel"
        status, out = await self._timed("coordinator", "POST", path, json=why, match=meeting.version)
        self._follow(meeting, status, out)
        return status, out, replace(meeting.taken, of=id)

    async def _override(self) -> Outcome | None:
        """Over hours, with a reason: booked, moved or entered. Over a booking it is refused like any other."""
        if self._random.random() < 0.3:
            return await self._busy(self._field.limited_expert, WHY)
        found = self._one("approved", "scheduling", "scheduled")
        return await self._book(*found, names=found[1].state == "approved", why=WHY) if found else None

    async def _busy(self, who: str = "", why: str = "") -> Outcome:
        start, end = self._span()
        who = who or self._random.choice(self._field.experts)
        body = {"kind": "clinic", "title": "", "starts_at": start.isoformat(), "ends_at": end.isoformat()}
        body |= {"override": why} if why else {}
        status, out = await self._timed(who, "POST", "/calendar/busy", json=body)
        return status, out, Asked(frozenset({self._world.ids[who]}), start, end)

    async def _plan_rounds(self) -> Outcome:
        """Rounds that come again: what is taken goes to the next of the pool, or says what is in its way."""
        start, _ = self._span()
        n = self._random.randrange(len(self._field.carts))
        every = self._random.choice((1, 4, 8, 8))
        body = {
            "branch_id": "wuxi",
            "ward_id": str(self._field.wards[n]),
            "specialty": "cardiology",
            "rrule": f"FREQ=WEEKLY;INTERVAL={every};BYDAY={BY_DAY[(start - OPENS).days]}",
            "starts_on": f"{NOW:%Y-%m-%d}",
            "at": f"{start + timedelta(hours=8):%H:%M}",  # by the ward's clock
            "minutes": self._random.choice((30, 60)),
            "leads": [str(self._world.ids[each]) for each in self._random.sample(self._field.experts, 2)],
            "cadence_days": 7,
            "venue_id": str(self._random.choice(self._field.rooms)),
            "cart_id": str(self._field.carts[n]),
        }
        status, out = await self._timed("coordinator", "POST", "/rounds/series", json=body)
        if status == 201:
            self._series.append(UUID(out["id"]))
        return status, out, Asked()

    async def _move_round(self) -> Outcome | None:
        if not self._series:
            return None
        async with self._world.db.read() as db:
            query = select(RoundSession).where(RoundSession.series_id == self._random.choice(self._series[-40:]))
            row = (await db.exec(query.order_by(col(RoundSession.starts_at)).limit(1))).one()
        start, end = self._span()
        places = {each for each in (row.venue_id, row.cart_id) if each}
        asked = Asked(frozenset([*places, *([row.lead_id] if row.lead_id else [])]), start, end)
        to = {"starts_at": start.isoformat(), "minutes": (end - start) // timedelta(minutes=1)}
        path = f"/rounds/sessions/{row.id}/move"
        status, out = await self._timed("coordinator", "POST", path, json=to, match=row.version)
        return status, out, asked
