"""The picture of somebody's signature: entered by their administrator or by themself, printed in what they sign.

What was signed names the picture as it was then (`opinions/printed_opinion.py`), so one that is replaced or removed
stays stored.
"""

import asyncio
import struct
from datetime import datetime
from io import BytesIO
from typing import Final
from uuid import UUID

from PIL import Image, ImageOps
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.administration.saving import Result, Saved, audit, seen_by
from telemed.db import Database
from telemed.errors import Invalid, NotFound, TooLarge
from telemed.files import service as files
from telemed.files.model import File, FileKind
from telemed.files.store import FileStore
from telemed.people.model import Staff

LARGEST: Final = 2**20
MOST_PIXELS: Final = 12_000_000  # four bytes each while it is drawn
PIXELS: Final = (900, 300)  # at most; printed 9 mm high


async def file_of(db: AsyncSession, by: Actor, staff_id: UUID) -> File:
    """For the person and for administrators who may look at them. Raises NotFound."""
    person = await db.get(Staff, staff_id)
    seen = person is not None and (
        by.id == staff_id or (Role.administrator in by.roles and person.hospital_id in await seen_by(db, by))
    )
    found = await db.get(File, person.signature_id) if person and person.signature_id and seen else None
    if found is None:
        raise NotFound("There is no such signature.")
    return found


async def put(database: Database, store: FileStore, by: Actor, staff_id: UUID, file_id: UUID, now: datetime) -> None:
    """Keeps what the upload shows, drawn anew without anything else that stood in it.

    Raises NotFound, TooLarge, Invalid (`picture_only`, `damaged`).
    """
    async with database.read() as db:
        await _one(db, by, staff_id)
        upload = await files.take(db, by, file_id, LARGEST)
    if not upload.media_type.startswith("image/"):
        raise Invalid("A signature is a PNG or JPEG picture.", reason="picture_only")
    kept = await store.put(await asyncio.to_thread(_redrawn, await store.read(upload.sha256)))
    async with database.write() as db:
        person = await _one(db, by, staff_id, lock=True)
        old = await db.get(File, person.signature_id) if person.signature_id else None
        if old is not None and old.sha256 == kept.sha256:
            return
        new = files.add(
            db, kept, FileKind.attachment, person.hospital_id, by.id, now, name="signature.png", staff_id=staff_id
        )
        await db.delete(await files.take(db, by, file_id, LARGEST))
        await db.flush()
        await _replace(db, by, person, new, now)


async def remove(db: AsyncSession, by: Actor, staff_id: UUID, now: datetime) -> None:
    person = await _one(db, by, staff_id, lock=True)
    if person.signature_id is not None:
        await _replace(db, by, person, None, now)


async def _replace(db: AsyncSession, by: Actor, person: Staff, new: File | None, now: datetime) -> None:
    old = await db.get(File, person.signature_id) if person.signature_id else None
    person.signature_id = new.id if new else None
    person.version += 1
    before, after = ({"signature": each.sha256[:12] if each else None} for each in (old, new))
    await db.flush()
    audit(db, by, "staff", person.id, Saved(person, Result.changed, before, after), now, person.hospital_id)


async def _one(db: AsyncSession, by: Actor, staff_id: UUID, *, lock: bool = False) -> Staff:
    """The person, if `by` is they or their hospital's administrator. Raises NotFound."""
    person = await db.get(Staff, staff_id, with_for_update=lock)
    own_administrator = Role.administrator in by.roles and person is not None and person.hospital_id == by.hospital_id
    if person is None or not (by.id == staff_id or own_administrator):
        raise NotFound("There is no such person.")
    return person


def _redrawn(data: bytes) -> bytes:
    """As PNG on white, at most `PIXELS` large, without metadata. Raises TooLarge, Invalid (`damaged`)."""
    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise TooLarge("The picture has too many pixels.", reason="too_many_pixels", largest=MOST_PIXELS)
            turned = ImageOps.exif_transpose(picture).convert("RGBA")
    except (OSError, ValueError, TypeError, AttributeError, LookupError, SyntaxError, struct.error) as failure:
        raise Invalid("The picture is damaged.", reason="damaged") from failure  # its metadata may say anything
    turned.thumbnail(PIXELS)
    white = Image.new("RGB", turned.size, "white")
    white.paste(turned, mask=turned.getchannel("A"))
    out = BytesIO()
    white.save(out, "PNG", optimize=True)
    return out.getvalue()
