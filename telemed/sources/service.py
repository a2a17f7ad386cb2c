"""A hospital's administrator sets up its system and names what may send images; nobody else sees either."""

from datetime import datetime
from typing import Final

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.audit.service import changed, record
from telemed.errors import Conflict, Invalid, NotFound, Stale
from telemed.kit.clock import day_in
from telemed.kit.sealed import Seal
from telemed.people import service as people
from telemed.sources.model import AeTitle, HospitalSystem
from telemed.sources.rules import address_of, check_mapping
from telemed.sources.schemas import AeTitleIn, AeTitleOut, SystemIn, SystemOut
from telemed.sources.systems import SECRET, system_of

AUDITED: Final = {"kind", "name", "address", "account", "mapping"}


async def system(db: AsyncSession, actor: Actor, now: datetime) -> SystemOut | None:
    row = await system_of(db, actor.hospital_id)
    return await _shown(db, row, now) if row else None


async def save(db: AsyncSession, actor: Actor, version: int, new: SystemIn, seal: Seal, now: datetime) -> SystemOut:
    """Sets the system of one's own hospital up, or changes it; version 0: there was none. Raises Stale, Invalid."""
    row = await _locked(db, actor, version, now)
    address_of(new.kind, new.address)
    check_mapping(new.kind, new.mapping)
    before = row.model_dump(include=AUDITED) if row else {}
    if row is None:
        row = HospitalSystem(hospital_id=actor.hospital_id, version=0, **new.model_dump(exclude={SECRET}))
        db.add(row)
    elif row.secret and not new.secret and (row.kind, row.address, row.account) != (new.kind, new.address, new.account):
        # Or whoever administers could have it sent to an address of their own.
        said = "Enter the password again for another address or account."
        raise Invalid(said, reason="source_secret_again", fields=[SECRET])
    row.sqlmodel_update(new.model_dump(exclude={SECRET}))
    row.secret = seal.close(new.secret, row.id, SECRET) or row.secret
    row.version += 1
    after = row.model_dump(include=AUDITED) | ({"secret_renewed": True} if new.secret else {})
    record(db, actor, "source.saved", actor.hospital_id, now, change=changed(before, after))
    await db.flush()
    return await _shown(db, row, now)


async def remove(db: AsyncSession, actor: Actor, version: int, now: datetime) -> None:
    """From now on patients are typed by hand."""
    row = await _locked(db, actor, version, now)
    if row is None:
        raise NotFound("No hospital system is set up.")
    await db.delete(row)
    record(db, actor, "source.removed", actor.hospital_id, now, change=changed(row.model_dump(include=AUDITED), {}))


async def _locked(db: AsyncSession, actor: Actor, version: int, now: datetime) -> HospitalSystem | None:
    query = select(HospitalSystem).where(HospitalSystem.hospital_id == actor.hospital_id).with_for_update()
    row = (await db.exec(query)).first()
    if (row.version if row else 0) != version:
        current = (await _shown(db, row, now)).model_dump(mode="json") if row else None
        raise Stale("It has changed since you read it.", current=current)
    return row


async def _shown(db: AsyncSession, row: HospitalSystem, now: datetime) -> SystemOut:
    today = day_in((await people.hospital(db, row.hospital_id)).time_zone, now)
    said = row.model_dump(exclude={SECRET, "hospital_id", "failures", "failures_on"})
    failures = row.failures if row.failures_on == today else 0
    return SystemOut(**said, has_secret=row.secret != "", failures=failures)


async def ae_titles(db: AsyncSession, actor: Actor) -> list[AeTitleOut]:
    query = select(AeTitle).where(AeTitle.hospital_id == actor.hospital_id, col(AeTitle.removed_at).is_(None))
    found = await db.exec(query.order_by(col(AeTitle.title)))
    return [AeTitleOut.model_validate(each, from_attributes=True) for each in found]


async def add_ae_title(db: AsyncSession, actor: Actor, new: AeTitleIn, own: str, now: datetime) -> AeTitleOut:
    """Also one that was removed. Raises Conflict if the title is another's: it alone says whose images they are.

    `own`: that of this installation.
    """
    if new.title == own:
        raise Conflict(
            "This is the title of this installation, not of a device.", reason="ae_title_own", fields=["title"]
        )
    row = await db.get(AeTitle, new.title, with_for_update=True)
    if row is not None and row.removed_at is None:
        raise Conflict("This AE title is in use.", reason="ae_title_taken", fields=["title"])
    row = row or AeTitle(title=new.title, hospital_id=actor.hospital_id)
    row.hospital_id, row.name, row.heard_at, row.removed_at = actor.hospital_id, new.name, None, None
    db.add(row)
    record(db, actor, "ae_title.added", new.title, now, change=changed({}, _device(row)))
    await db.flush()
    return AeTitleOut.model_validate(row, from_attributes=True)


async def remove_ae_title(db: AsyncSession, actor: Actor, title: str, now: datetime) -> None:
    row = await db.get(AeTitle, title, with_for_update=True)
    if row is None or row.hospital_id != actor.hospital_id or row.removed_at is not None:
        raise NotFound("There is no such device.")
    row.removed_at = now
    record(db, actor, "ae_title.removed", title, now, change=changed(_device(row), {}))


def _device(row: AeTitle) -> dict[str, str]:
    return {"ae_title": row.title, "name": row.name}
