"""A room: who is in it, and what follows for the others. Pure: time comes in, effects go out."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from msgspec import to_builtins

from signaling import protocol as p
from signaling.effects import Broadcast, Effect, Effects, Log, Member, Out, Placed, Send
from signaling.errors import Close, Code, Refused
from signaling.plans import LED, PLANS
from signaling.protocol import Json
from signaling.seats import ACCOMPANYING, CART, Relay, assign
from signaling.stage import Stage

SHOW_LOST_AFTER: Final = 3.0  # seconds; a shorter loss of connection is not shown to the others
MOST_MEMBERS: Final = 300
HISTORY: Final = 512
OF_THE_CASE: Final = frozenset({"data", "view"})  # what a device hears nothing of: nobody may be signed in at it


class Room:
    """Effects are carried out in order. A Log comes before the frames about the same, so that it is on disk first.

    `passes`: whom an earlier epoch let in, from the log: {member: what events say of them}.
    `handed`: roles that were handed over in this room: {account: roles}.
    """

    def __init__(
        self,
        name: str,
        epoch: int,
        history: Iterable[p.Said] = (),
        passes: Mapping[str, Json] | None = None,
        handed: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        self.name, self.epoch, self.seq = name, epoch, 0
        self.members: dict[str, Member] = {}
        self.plan, self.locked = LED, False
        self.view: Json = {"by": None, "others": []}
        self.history = deque(history, HISTORY)  # of the chat; each line has its (epoch, seq) in `ev`
        self.passes = set(passes or ())
        self.lead_came = any(each["lead"] for each in (passes or {}).values())
        self.handed = dict(handed or {})
        self.sent_away: set[str] = set()  # accounts, not devices, so that a reload changes nothing
        self.kept_waiting: dict[str, str] = {}  # by account: the words with which they were asked to wait
        self.stage, self.relay = Stage(), Relay()
        self.publishers: tuple[str, ...] = ()
        self._mode_epoch = self._admissions = 0
        self._speakers: tuple[str, ...] = ()

    def run(self, effects: Effects) -> list[Effect]:
        """Runs a rule and fixes the audience of each broadcast: who is inside at that moment, not at the end."""
        return [
            replace(each, to=tuple(self._audience(each))) if isinstance(each, Broadcast) else each for each in effects
        ]

    # -- coming and going

    def enter(self, member: Member, kind: str = "", case: str | None = None) -> list[Effect]:
        return self.run(self._enter(member, kind, case))

    def _enter(self, member: Member, kind: str, case: str | None) -> Effects:
        self.plan = PLANS.get(kind, LED)
        self.apply_handed_role(member)
        invited = member.lead or member.booked or member.id in self.passes
        if self.locked and not invited:
            raise Refused(Code.locked, "The room is locked.", close=Close.forbidden)
        if len(self.members) >= MOST_MEMBERS or self._has_no_place_for(member):
            raise Refused(Code.full, "The room is full.", close=Close.forbidden)
        if self.seq == 0:
            yield self.log("room.opened", {"kind": kind, "case": case})
        self.members[member.id] = member
        yield from self.let_in(member) if self.enters_freely(member) else self.wait(member)
        yield from self.settle()

    def _has_no_place_for(self, member: Member) -> bool:
        people = {each.sub for each in self.members.values()}
        most = self.plan.most_people
        return most is not None and member.sub not in people and len(people) >= most

    def enters_freely(self, member: Member) -> bool:
        """Whether they come in without asking: everybody on the booking, once the lead is there. Others knock.

        Where nobody leads nobody could let them in: the product alone says who comes.
        """
        if member.lead or not self.plan.led:
            return True
        knocks = member.sub in self.sent_away or member.sub in self.kept_waiting
        return not knocks and (member.id in self.passes or (member.booked and self.lead_came))

    def apply_handed_role(self, member: Member) -> None:
        """Adds the role handed to this person in this room to what their ticket or an order gives."""
        handed = self.handed.get(member.sub, frozenset())
        if "lead" in handed:
            member.rights |= {"admit"}
        if ACCOMPANYING in handed and member.booked:
            member.role = ACCOMPANYING

    def wait(self, member: Member) -> Effects:
        member.waiting, member.shown_lost, member.speaking = True, False, False
        member.kept_waiting, member.words = member.sub in self.kept_waiting, self.kept_waiting.get(member.sub, "")
        member.sent_away = member.sub in self.sent_away
        member.tracks.clear()
        self.passes.discard(member.id)
        yield self.log("member.waiting", member.who())
        yield Placed(member.id, waiting=True)
        yield self._say_waiting(member)
        yield from self._to_moderators(member.peer("add"))

    def let_in(self, member: Member, by: str | None = None) -> Effects:
        if by is not None:
            yield self.log("member.admitted", member.who() | {"by": by})
            yield Send(member.id, "admitted", {"by": by})
        self._admissions += 1
        member.waiting, member.kept_waiting, member.sent_away, member.words = False, False, False, ""
        member.admission = self._admissions
        self.passes.add(member.id)
        self.sent_away.discard(member.sub)
        self.kept_waiting.pop(member.sub, None)
        yield self.log("member.joined", member.who())
        yield Placed(member.id, waiting=False)
        seats = list(self._reseat(skip=member.id))  # computed before the snapshot, which includes them; sent after it
        yield self.snapshot(member.id)
        yield Broadcast("peer", member.peer("add"), skip=member.id)
        yield from seats
        if member.lead:
            self.lead_came = True
            for other in [m for m in self.members.values() if m.waiting and self.enters_freely(m)]:
                yield from self.let_in(other, by="room")

    def lost(self, me: str, now: float) -> list[Effect]:
        self.members[me].lost_at = now
        return [self.log("member.lost", self.members[me].who())]

    def back(self, me: str) -> list[Effect]:
        return self.run(self._back(self.members[me]))

    def _back(self, member: Member) -> Effects:
        shown, member.lost_at, member.shown_lost = member.shown_lost, None, False
        yield self.log("member.back", member.who())
        if shown:
            yield Broadcast("peer", member.peer("change"), skip=member.id)

    def tick(self, now: float) -> list[Effect]:
        return self.run(self._tick(now))

    def _tick(self, now: float) -> Effects:
        for member in self.members.values():
            if member.waiting or member.shown_lost or member.lost_at is None or now - member.lost_at < SHOW_LOST_AFTER:
                continue
            member.shown_lost, member.speaking = True, False
            yield Broadcast("peer", member.peer("change"), skip=member.id)
        yield from self.settle()

    def leave(self, me: str, reason: str, code: Close | None = None) -> Effects:
        member = self.members.pop(me)
        yield self.log("member.left", member.who() | {"reason": reason, "removed": code is Close.forbidden})
        yield Out(me, code)
        yield from self.forget(member)
        yield from self.settle()

    def end(self, by: str, reason: str) -> Effects:
        yield self.log("room.ended", {"by": by, "reason": reason})
        yield from (Out(id, Close.room_ended) for id in self.members)
        self.members.clear()
        self.publishers = ()  # the end says so; nothing is reported after it

    def forget(self, member: Member) -> Effects:
        """Clears the state of somebody who is no longer inside: presenting, peer connections."""
        self.relay.forget(member.id)
        gone = {"op": "remove", "id": member.id}
        if member.waiting:
            yield from self._to_moderators(gone)
            return
        yield Broadcast("peer", gone, skip=member.id)
        yield from self.stage.forget(member.id)

    # -- what follows for the others

    def settle(self) -> Effects:
        """Sends media seats, speakers and places in the waiting line, where they have changed."""
        yield from self._reseat()
        speakers = tuple(m.id for m in self.members.values() if m.speaking and m.id in self.publishers)
        if speakers != self._speakers:
            self._speakers = speakers
            yield Broadcast("speakers", {"ids": list(speakers)}, reliable=False)
        for member in self.members.values():
            if member.waiting and member.last_waiting != self._waiting_frame(member):
                yield self._say_waiting(member)

    def _reseat(self, skip: str | None = None) -> Effects:
        seats = assign(self.publishers, self.members.values(), led=self.plan.led)
        if seats == self.publishers:
            return
        self.publishers, self._mode_epoch = seats, self._mode_epoch + 1
        yield self.log("seats", {"publishers": list(seats)})
        for member in self.members.values():
            if member.id not in seats and member.tracks:
                member.tracks.clear()
                yield Broadcast("peer", member.peer("change"), skip=skip)
        yield Broadcast("mode", self._mode(), skip=skip)

    def _mode(self) -> Json:
        return {"kind": "p2p", "epoch": self._mode_epoch, "publishers": list(self.publishers)}

    def _waiting_frame(self, member: Member) -> Json:
        line = [m.id for m in self.members.values() if m.waiting]
        here = any(m.lead and not m.waiting for m in self.members.values())
        return {
            "position": line.index(member.id) + 1,
            "lead_here": here,
            "booked": member.booked,
            "held": member.kept_waiting,
            "knocks": member.knocks,
            "words": member.words,
        }

    def _say_waiting(self, member: Member) -> Send:
        member.last_waiting = self._waiting_frame(member)
        return Send(member.id, "waiting", member.last_waiting)

    # -- chat

    def chat(self, me: Member, message: p.Data, to: Member | None, now: float) -> Effects:
        """Sends a line to everybody. The sender gets it too: all see one order, and its id says that it is kept."""
        said = p.Said(
            sender=me.id,
            name=me.name,
            at=datetime.fromtimestamp(now, UTC).isoformat(),
            topic="chat",
            payload=message.payload.copy(),  # a Raw would keep the whole frame in memory
            scope=message.scope,
            to=message.to,
            id=message.id,
            ev=(self.epoch, self.seq + 1),
        )
        self.history.append(said)
        yield self.log("chat", said)
        if to is None:
            yield Broadcast("data", said, message.scope)
        else:
            yield from (Send(m.id, "data", said) for m in (me, to) if said.heard_by(m.id, m.studies))

    def set_view(self, me: Member, others: list[p.Bystander]) -> Effects:
        if not me.booked or me.role != ACCOMPANYING:
            raise Refused(Code.forbidden, "The accompanying physician says who else is in view.")
        self.view = {"by": me.id, "others": to_builtins(others)}
        yield self.log("view", me.who() | {"others": self.view["others"]})
        yield Broadcast("view", self.view)

    # -- audiences

    def _audience(self, said: Broadcast) -> Iterator[str]:
        for member in self.members.values():
            if member.waiting or member.id == said.skip or (member.device == CART and said.t in OF_THE_CASE):
                continue
            if said.scope is None or said.scope in member.studies:
                yield member.id

    def resync(self, me: str) -> Send:
        return self._say_waiting(self.members[me]) if self.members[me].waiting else self.snapshot(me)

    def snapshot(self, me: str) -> Send:
        member = self.members[me]
        others = [m for m in self.members.values() if m is not member and (not m.waiting or member.lead)]
        state = {
            "self": me,
            "epoch": self.epoch,
            "me": member.peer("add"),
            "grants": sorted(member.rights),
            "studies": sorted(member.studies),
            "peers": [m.peer("add") for m in others],
            "mode": self._mode(),
            "speakers": list(self._speakers),
            "view": self.view if member.device != CART else {"by": None, "others": []},
            "locked": self.locked,
            **self.stage.snapshot(member.studies),
            "history": [e for e in self.history if member.device != CART and e.heard_by(me, member.studies)],
        }
        return Send(me, "joined", state)

    def _to_moderators(self, d: Json) -> Effects:
        leads = [m for m in self.members.values() if not m.waiting and m.lead]
        yield from (Send(m.id, "peer", d) for m in leads if m.id != d["id"])

    def find(self, id: str, waiting: bool) -> Member:
        if (member := self.members.get(id)) is None or member.waiting is not waiting:
            raise Refused(Code.not_found, "Nobody here is called that.")
        return member

    def log(self, kind: str, data: Json | p.Said) -> Log:
        self.seq += 1
        return Log(self.seq, kind, data)
