"""The use cases of report templates and phrases: a department's seniors write the templates, everybody own phrases."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import exists
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from telemed.access.model import Actor
from telemed.audit.service import changed, record
from telemed.errors import Conflict, NotAllowed, NotFound, Stale
from telemed.kit.table import new_id
from telemed.people import service as people
from telemed.people.model import Staff
from telemed.reading import rules
from telemed.reading.lookup import title_of
from telemed.reading.model import ReportPhrase, ReportTemplate
from telemed.reading.template_schemas import (
    PhraseIn,
    PhraseOut,
    TemplateIn,
    TemplateList,
    TemplateOut,
    TemplateVersions,
)
from telemed.reading.templates import PHRASES, TEMPLATES, BuiltIn

MOST_PHRASES: Final = 100
FIELDS: Final = ("name", "modality", "part", "technique", "findings", "impression")


async def all(db: AsyncSession, actor: Actor) -> TemplateList:
    rows = (await db.exec(_newest(actor.hospital_id))).all()
    found = {each.key: _built_in(each) for each in TEMPLATES} | await _shown(db, rows)
    mine = select(ReportPhrase).where(ReportPhrase.staff_id == actor.id).order_by(col(ReportPhrase.id))
    own = [PhraseOut(id=each.id, text=each.text) for each in (await db.exec(mine)).all()]
    return TemplateList(
        templates=sorted(found.values(), key=lambda each: (each.retired, each.modality, each.part, each.name)),
        phrases=[*own, *(PhraseOut(id=None, text=each) for each in PHRASES)],
        may_edit=await title_of(db, actor) in rules.HEADS,
    )


async def versions(db: AsyncSession, actor: Actor, key: str) -> TemplateVersions:
    query = select(ReportTemplate).where(ReportTemplate.hospital_id == actor.hospital_id, ReportTemplate.key == key)
    rows = (await db.exec(query.order_by(col(ReportTemplate.number).desc()))).all()
    staff = await _savers(db, rows)
    items = [_out(each, staff) for each in rows] + [_built_in(each) for each in TEMPLATES if each.key == key]
    if not items:
        raise NotFound("There is no such template.")
    return TemplateVersions(items=items)


async def create(db: AsyncSession, actor: Actor, new: TemplateIn, now: datetime) -> TemplateOut:
    return await _save(db, actor, str(new_id()), None, new, now)


async def save(db: AsyncSession, actor: Actor, key: str, number: int, new: TemplateIn, now: datetime) -> TemplateOut:
    """Makes the next version of the template; reports that were begun with an earlier one stay as they are."""
    return await _save(db, actor, key, await _current(db, actor, key, number), new, now)


async def retire(db: AsyncSession, actor: Actor, key: str, number: int, now: datetime) -> TemplateOut:
    """Takes it out of use; saving it again puts it back."""
    before = await _current(db, actor, key, number)
    return await _save(db, actor, key, before, TemplateIn.model_validate(_fields(before)), now, retired=True)


async def _save(
    db: AsyncSession,
    actor: Actor,
    key: str,
    before: TemplateOut | None,
    new: TemplateIn,
    now: datetime,
    *,
    retired: bool = False,
) -> TemplateOut:
    if await title_of(db, actor) not in rules.HEADS:
        raise NotAllowed("Senior radiologists write the department's templates.", reason="template_editors")
    row = ReportTemplate(
        hospital_id=actor.hospital_id,
        key=key,
        number=before.number + 1 if before else 1,
        **new.model_dump(),
        retired=retired,
        saved_by=actor.id,
        saved_at=now,
    )
    try:
        async with db.begin_nested():
            db.add(row)
            await db.flush()
    except IntegrityError as taken:
        raise Conflict("A colleague has just saved this template.", reason="template_saved") from taken
    was = _fields(before) | {"retired": before.retired} if before else {}
    change = changed(was, new.model_dump() | {"retired": retired}, template=new.name)
    record(db, actor, "reading.template_saved", key, now, change=change)
    return (await _shown(db, [row]))[key]


async def _current(db: AsyncSession, actor: Actor, key: str, number: int) -> TemplateOut:
    """The newest version. Raises NotFound, and Stale if it is not that number."""
    rows = (await db.exec(_newest(actor.hospital_id).where(ReportTemplate.key == key))).all()
    found = {each.key: _built_in(each) for each in TEMPLATES} | await _shown(db, rows)
    current = found.get(key)
    if current is None:
        raise NotFound("There is no such template.")
    if current.number != number:
        raise Stale("The template has changed since you read it.", current=current.model_dump(mode="json"))
    return current


def _newest(hospital_id: str) -> SelectOfScalar[ReportTemplate]:
    later = aliased(ReportTemplate)
    same = (col(later.hospital_id) == ReportTemplate.hospital_id, col(later.key) == ReportTemplate.key)
    is_later = exists().where(*same, col(later.number) > ReportTemplate.number)
    return select(ReportTemplate).where(ReportTemplate.hospital_id == hospital_id, ~is_later)


async def _shown(db: AsyncSession, rows: Iterable[ReportTemplate]) -> dict[str, TemplateOut]:
    staff = await _savers(db, rows)
    return {each.key: _out(each, staff) for each in rows}


async def _savers(db: AsyncSession, rows: Iterable[ReportTemplate]) -> dict[UUID, Staff]:
    return await people.staff_by_id(db, {each.saved_by for each in rows})


def _out(row: ReportTemplate, staff: dict[UUID, Staff]) -> TemplateOut:
    by = staff[row.saved_by]
    return TemplateOut(
        **row.model_dump(exclude={"id", "hospital_id", "saved_by"}), saved_by=by.name, saved_by_en=by.name_en
    )


def _built_in(of: BuiltIn) -> TemplateOut:
    return TemplateOut(**of._asdict(), number=1, retired=False, saved_by="", saved_by_en="", saved_at=None)


def _fields(of: TemplateOut) -> dict[str, object]:
    return of.model_dump(include=set(FIELDS))


async def keep_phrase(db: AsyncSession, actor: Actor, new: PhraseIn) -> PhraseOut:
    """Keeps a phrase for oneself; one that is there already is not kept twice."""
    mine = (await db.exec(select(ReportPhrase).where(ReportPhrase.staff_id == actor.id))).all()
    row = next((each for each in mine if each.text == new.text), None)
    if row is None and len(mine) >= MOST_PHRASES:
        raise Conflict("You have kept as many phrases as can be shown.", reason="too_many_phrases")
    if row is None:
        row = ReportPhrase(staff_id=actor.id, text=new.text)
        db.add(row)
        await db.flush()
    return PhraseOut(id=row.id, text=row.text)


async def drop_phrase(db: AsyncSession, actor: Actor, id: UUID) -> None:
    row = await db.get(ReportPhrase, id)
    if row is None or row.staff_id != actor.id:
        raise NotFound("There is no such phrase.")
    await db.delete(row)
