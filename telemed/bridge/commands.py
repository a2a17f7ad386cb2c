"""What the product orders of signaling: end a room, remove somebody, change what they may see, end a sign-in."""

from collections.abc import Mapping
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from signaling import Commands
from telemed.access import grants
from telemed.access.events import GrantsChanged
from telemed.activities import participants
from telemed.activities.events import CalledAway, OfActivity
from telemed.activities.kinds import Kinds
from telemed.bridge.model import LeafOrder
from telemed.bridge.orders import Give, Orders
from telemed.cases import service as cases
from telemed.cases.events import ConsentWithdrawn, OfPacket
from telemed.db import Database
from telemed.history.consumers import Heard
from telemed.kit.clock import Clock
from telemed.people import service as people
from telemed.people.events import PatientIdentityChanged, RolesRemoved, SessionEnded
from telemed.rooms import service as rooms
from telemed.rounds.lead_events import DoctorRemoved, LeadNamed
from telemed.studies.events import OfStudy

HEARS = (
    CalledAway,
    DoctorRemoved,
    LeadNamed,
    SessionEnded,
    RolesRemoved,
    PatientIdentityChanged,
    ConsentWithdrawn,
    GrantsChanged,
    OfActivity,
    OfPacket,
    OfStudy,
)


class RoomCommands:
    def __init__(self, database: Database, orders: Orders, commands: Commands, kinds: Kinds, clock: Clock) -> None:
        self._database, self._orders, self._commands = database, orders, commands
        self._kinds, self._clock = kinds, clock
        self.leaves: Mapping[str, Give] = {
            "sid.revoked": lambda order: commands.revoke(order.target),
            "room.remove": self._remove,
            "room.call_away": self._call_away,
            "room.end": lambda order: commands.end(order.target, order.rev, order.data["reason"]),
            "room.grants": self._set_rights,
        }

    async def consume(self, db: AsyncSession, heard: Heard) -> None:
        news, id = heard.event, heard.about.activity_id
        if isinstance(news, SessionEnded):
            return await self._orders.keep(db, "sid.revoked", str(news.sid))
        if isinstance(news, RolesRemoved):
            return await self._put_out(db, news.staff_id)
        if isinstance(news, OfStudy):
            if heard.about.patient_id is not None:
                for room in await rooms.of_patient(db, heard.about.patient_id):
                    await self._orders.keep(db, "room.grants", str(room))
            return None
        if id is None:
            return None
        if isinstance(news, CalledAway):
            target = f"{id}/{news.staff_id}"
            return await self._orders.keep(db, "room.call_away", target, decided_at=heard.occurred_at)
        if isinstance(news, DoctorRemoved):
            # Grants of a round are of its patients one by one: their end puts nobody out of its room.
            return await self._orders.keep(db, "room.remove", f"{id}/{news.staff_id}")
        if isinstance(news, LeadNamed):
            # Who hands the round over, or led it before another did, stays in it.
            if news.before_id is not None and not await self._may_stay(db, news.before_id, id):
                await self._orders.keep(db, "room.remove", f"{id}/{news.before_id}")
            return None
        if isinstance(news, GrantsChanged):
            # Only a person leaves a room; whose role loses the case is told of one by one where that matters
            # (`grants.tell_ended`). They stay if they hold another grant, or got one again before we heard of the end.
            if news.ended and not await grants.has(db, id, news.grantee, self._clock()):
                await self._orders.keep(db, "room.remove", f"{id}/{news.grantee}")
            return None
        if isinstance(news, ConsentWithdrawn):
            if not await cases.consented(db, id):
                await self._orders.keep(db, "room.end", str(id), reason="consent withdrawn")
            return None
        kind = self._kinds.get(heard.about.activity)
        if kind is not None and (over := await kind.room_over(db, id)) is not None:
            await self._orders.keep(db, "room.end", str(id), reason=over)
        else:
            await self._orders.keep(db, "room.grants", str(id))
        return None

    async def _put_out(self, db: AsyncSession, staff_id: UUID) -> None:
        """Out of each room in which they are, or wait, and may be no longer with the roles that they have now."""
        for activity_id in await participants.in_rooms(db, staff_id):
            if not await self._may_stay(db, staff_id, activity_id):
                await self._orders.keep(db, "room.remove", f"{activity_id}/{staff_id}")

    async def _may_stay(self, db: AsyncSession, staff_id: UUID, activity_id: UUID) -> bool:
        kind, _ = await self._kinds.find(db, activity_id)
        return kind is None or await kind.may_stay(db, await people.actor(db, staff_id), activity_id, self._clock())

    async def _remove(self, order: LeafOrder) -> None:
        room, _, sub = order.target.partition("/")
        await self._commands.remove(room, sub, order.rev, "access ended")

    async def _call_away(self, order: LeafOrder) -> None:
        room, _, sub = order.target.partition("/")
        await self._commands.remove(room, sub, order.rev, "called away", may_return=True)

    async def _set_rights(self, order: LeafOrder) -> None:
        """Reads the rights now, when the order is given, so that an order that waited is not out of date."""
        id = UUID(order.target)
        async with self._database.read() as db:
            kind, _ = await self._kinds.find(db, id)
            if kind is None:
                return
            held = (await kind.studies(db, [id])).get(id, ())
            standings = await kind.standings(db, id)
        studies = [f"{hospital}/{uid}" for hospital, uid in held]
        for staff_id, new in standings.items():
            await self._commands.set_rights(
                order.target, str(staff_id), new.rights, studies, order.rev, role=new.role, booked=new.booked
            )
