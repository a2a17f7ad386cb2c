"""At a ward's cart the bed doctor reads back by their badge and PIN, whoever is signed in there."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from telemed.access.badges import BadgeKey
from telemed.access.model import Actor
from telemed.access.sessions import Where
from telemed.audit.service import record
from telemed.db import Database
from telemed.devices import badging
from telemed.devices.model import Device
from telemed.errors import Conflict, NotAllowed, NotSignedIn
from telemed.people import service as people
from telemed.rounds import acts
from telemed.rounds.act_schemas import BadgeReadBackIn, RoundActIn, RoundActOut
from telemed.rounds.words import ActKind


async def by_badge(
    database: Database, key: BadgeKey, actor: Actor, id: UUID, new: BadgeReadBackIn, where: Where, now: datetime
) -> RoundActOut:
    """The act is that of whose badge it is; who is signed in at the device is kept beside it in the audit.

    Neither badge nor PIN is kept. Raises Conflict (`badge_at_device`) where nobody stands at a device, NotAllowed
    (`badge_wrong`) for what signs nobody in there, and what acts raise for whose badge it is.
    """
    if actor.device_id is None:
        raise Conflict("Badges are read at a device of the hospital.", reason="badge_at_device")
    async with database.read() as db:
        device = await db.get_one(Device, actor.device_id)
    try:
        kept = await badging.proved(database, key, device, new.badge, new.pin, where, now)
        async with database.write() as db:
            account = await badging.whose(db, kept, where, now)
            # At this sign-in's device, which the audit names.
            reader = replace(await people.actor(db, account.id), sid=actor.sid, device_id=actor.device_id)
            said = RoundActIn(kind=ActKind.read_back, **new.model_dump(exclude={"badge", "pin"}))
            out = await acts.take(db, reader, id, said, now)
            if reader.id != actor.id:
                about = str(new.instruction_id)
                record(db, actor, "instruction.read_back_by_badge", about, now, reason=str(reader.id))
            return out
    except NotSignedIn as wrong:  # whoever is signed in still is
        raise NotAllowed("The badge or the PIN is wrong.", reason="badge_wrong") from wrong
