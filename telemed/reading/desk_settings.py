"""The use cases of a desk's settings: who reads what, and how much work a study is; its heads keep them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.audit.service import changed, record
from telemed.errors import Invalid, NotAllowed, Stale
from telemed.people import service as people
from telemed.people.duty import holders
from telemed.reading import assigning, rules
from telemed.reading.assigning import WEIGHTS, Weight, Work
from telemed.reading.desk_model import DeskSettings
from telemed.reading.desk_schemas import DeskIn, DeskOut, DeskReader
from telemed.reading.lookup import title_of
from telemed.reading.model import Reading
from telemed.reading.words import Part, Subspecialty
from telemed.reading.words import ReadingState as State


async def reader_for(db: AsyncSession, row: Reading, on_duty: Sequence[UUID]) -> UUID | None:
    """To whom of those on duty at its hub it is given."""
    kept = await db.get(DeskSettings, row.hub_id)
    busy = select(Reading.reader_id, Reading.modality, Reading.part, func.count(col(Reading.id))).where(
        col(Reading.reader_id).in_(on_duty), col(Reading.state).in_([State.assigned, State.claimed])
    )
    of = busy.group_by(col(Reading.reader_id), col(Reading.modality), col(Reading.part))
    work = [Work(reader, modality, Part(part), many) for reader, modality, part, many in await db.exec(of) if reader]
    return assigning.reader_for(row.part, on_duty, _subspecialties(kept), _weights(kept), work)


def _subspecialties(kept: DeskSettings | None) -> dict[UUID, list[Subspecialty]]:
    found = kept.subspecialties if kept else {}
    return {UUID(id): [Subspecialty(each) for each in named] for id, named in found.items()}


def _weights(kept: DeskSettings | None) -> list[Weight]:
    return [Weight.model_validate(each) for each in kept.weights] if kept else list(WEIGHTS)


async def shown(db: AsyncSession, actor: Actor) -> DeskOut:
    kept = await db.get(DeskSettings, actor.hospital_id)
    of = _subspecialties(kept)
    staff = await people.staff_by_id(db, await holders(db, actor.hospital_id, Role.radiologist))
    saver = await people.staff(db, kept.saved_by) if kept else None
    return DeskOut(
        version=kept.version if kept else 0,
        readers=[
            DeskReader(
                staff_id=each.id,
                name=each.name,
                name_en=each.name_en,
                title=each.title,
                subspecialties=of.get(each.id, []),
            )
            for each in sorted(staff.values(), key=lambda each: each.number)
        ],
        weights=_weights(kept),
        saved_by=saver.name if saver else "",
        saved_by_en=saver.name_en if saver else "",
        saved_at=kept.saved_at if kept else None,
        may_edit=await title_of(db, actor) in rules.HEADS,
    )


async def save(db: AsyncSession, actor: Actor, version: int, new: DeskIn, now: datetime) -> DeskOut:
    """What comes from now on is dealt out by it. Raises Invalid for who is no reader here, Stale if one was faster."""
    if await title_of(db, actor) not in rules.HEADS:
        raise NotAllowed("Senior radiologists say who reads what.", reason="desk_editors")
    here = set(await holders(db, actor.hospital_id, Role.radiologist))
    named = {each.staff_id: sorted(set(each.subspecialties)) for each in new.readers if each.subspecialties}
    if not named.keys() <= here:
        raise Invalid("Only radiologists of your hospital read here.", reason="not_a_reader")
    if len({(each.modality, each.part) for each in new.weights}) < len(new.weights):
        raise Invalid("A modality and part have one weight.", reason="weight_twice")
    query = select(DeskSettings).where(DeskSettings.hospital_id == actor.hospital_id)
    kept = (await db.exec(query.with_for_update())).one_or_none()
    if (kept.version if kept else 0) != version:
        raise await _stale(db, actor)
    was = _said(kept)
    row = kept or DeskSettings(hospital_id=actor.hospital_id, version=0, saved_by=actor.id, saved_at=now)
    row.version, row.saved_by, row.saved_at = version + 1, actor.id, now
    row.subspecialties = {str(id): [str(each) for each in of] for id, of in named.items()}
    row.weights = [each.model_dump(mode="json") for each in new.weights]
    try:
        async with db.begin_nested():
            db.add(row)
            await db.flush()
    except IntegrityError as taken:  # the first settings, by two at once
        raise await _stale(db, actor) from taken
    record(db, actor, "reading_desk.saved", actor.hospital_id, now, change=changed(was, _said(row)))
    return await shown(db, actor)


async def _stale(db: AsyncSession, actor: Actor) -> Stale:
    current = (await shown(db, actor)).model_dump(mode="json")
    return Stale("The settings have changed since you read them.", current=current)


def _said(kept: DeskSettings | None) -> dict[str, object]:
    weights = [each.model_dump(mode="json") for each in _weights(kept)]
    return {"subspecialties": kept.subspecialties if kept else {}, "weights": weights}
