"""The verification page behind a record's QR code, and the download of a record by both sides."""

import json
from collections import deque
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Literal
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.audit.service import record
from telemed.consultations import service as consultations
from telemed.consultations.model import Consultation
from telemed.documents.render import render
from telemed.errors import NotFound, TooMany
from telemed.files.model import File
from telemed.opinions import printing
from telemed.opinions.content import OpinionContent
from telemed.opinions.model import Opinion
from telemed.opinions.ports import Signer
from telemed.opinions.schemas import VerifyOut
from telemed.opinions.service import in_force, recalled, versions
from telemed.opinions.signing import SEAL_REASON, Desk
from telemed.people.model import Hospital

ATTEMPTS, WITHIN = 30, timedelta(minutes=1)
MOST_ADDRESSES = 10_000


class Attempts:
    """How often an address asked lately; kept in memory, because losing it at a restart costs nothing."""

    def __init__(self) -> None:
        self._by_address: dict[str, deque[datetime]] = {}

    def count(self, address: str, now: datetime) -> None:
        if len(self._by_address) > MOST_ADDRESSES:
            self._by_address.clear()
        asked = self._by_address.setdefault(address, deque())
        while asked and asked[0] <= now - WITHIN:
            asked.popleft()
        if len(asked) >= ATTEMPTS:
            raise TooMany("Too many look-ups; wait a minute.", reason="too_many_attempts", retry_after=60)
        asked.append(now)


@cache
def attempts(service: Path) -> Attempts:
    """One count for each service, named by its data directory."""
    return Attempts()


async def verify(db: AsyncSession, signer: Signer, code: str) -> VerifyOut:
    """No patient data: document number, hospitals, time, whether the hash holds, and whether it was amended."""
    query = select(Opinion).where(Opinion.verify_code == code, col(Opinion.signed_at).is_not(None))
    found = (await db.exec(query)).one_or_none()
    if found is None or found.signed_at is None or found.method is None or found.sha256 is None:
        raise NotFound("No record has this code.")
    row = await db.get_one(Consultation, found.consultation_id)
    branch, hub = await db.get_one(Hospital, row.branch_id), await db.get_one(Hospital, row.hub_id)
    _, signed = await versions(db, row.id)
    latest = signed[0].number
    status: Literal["valid", "amended", "withdrawn"] = "valid" if found.number == latest else "amended"
    if await recalled(db, row, found):
        status = "withdrawn"
    return VerifyOut(
        number=row.number or "",
        version=found.number,
        branch=branch.licence_name,
        branch_en=branch.name_en,
        hub=hub.licence_name,
        hub_en=hub.name_en,
        signed_at=found.signed_at,
        method=found.method,
        sha256=found.sha256,
        hash_matches=holds(found, signer),
        status=status,
        latest=latest,
    )


def holds(opinion: Opinion, signer: Signer) -> bool:
    """The kept text has the kept hash, says what the row says, and carries our signature."""
    if opinion.canonical is None or opinion.signature is None:
        return False
    told = json.loads(opinion.canonical)
    same = told["content"] == OpinionContent.model_validate(opinion.content).model_dump(mode="json")
    hashed = sha256(opinion.canonical.encode()).hexdigest() == opinion.sha256
    return same and hashed and signer.holds(opinion.canonical.encode(), opinion.signature)


async def download(desk: Desk, signer: Signer, actor: Actor, opinion_id: UUID, now: datetime) -> tuple[str, bytes]:
    """Its file name and the PDF: as signed, and once the branch has answered with what it made of the advice."""
    async with desk.database.write() as db:  # the reading is in the audit before the first byte
        opinion = await db.get(Opinion, opinion_id)
        if opinion is None or opinion.signed_at is None or opinion.print_id is None:
            raise NotFound("There is no such record.")
        row = await consultations.get(db, actor, opinion.consultation_id, now)
        record(db, actor, "opinion.downloaded", str(opinion_id), now)
        file = await db.get_one(File, opinion.print_id)
        advice = {each.row_key: each for each in await in_force(db, row.id)}
        _, signed = await versions(db, row.id)
        answered = opinion.number == signed[0].number and any(each.reply for each in advice.values())
        withdrawn = bool(await recalled(db, row, opinion))
    if not answered and not withdrawn:
        return file.name, await desk.store.read(file.sha256)
    async with desk.database.read() as db:
        how = printing.Printing(
            number=opinion.number,
            at=now,
            by=actor.name,
            demo=desk.demo,
            draft=False,
            method=opinion.method,
            signed_at=opinion.signed_at,
            sha256=opinion.sha256 or "",
            verify=f"{desk.verify}{opinion.verify_code}",
            amendment_reason=opinion.amendment_reason or "",
            withdrawn=withdrawn,
            replaces=next((each for each in signed if each.number == opinion.replaces), None),
        )
        content = OpinionContent.model_validate(opinion.content)
        set_by = await printing.record(db, desk.store, row, content, advice, how)
    return file.name, await signer.seal(await render(set_by, now), SEAL_REASON)
