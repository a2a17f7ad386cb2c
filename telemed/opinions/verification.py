"""The verification page behind a record's QR code, and the download of a record by both sides."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Literal
from uuid import UUID

from sqlmodel import col, select

from telemed.access.model import Actor
from telemed.audit.service import record
from telemed.consultations.model import Consultation
from telemed.documents.canonical import intact
from telemed.errors import NotFound
from telemed.files.store import FileStore
from telemed.kit.rate import Rate
from telemed.opinions import mdt, pages, stands
from telemed.opinions.canonical import format_of
from telemed.opinions.content import OpinionContent
from telemed.opinions.desk import Desk
from telemed.opinions.model import Opinion, OpinionPage, PageKind, PagePrint, Stand
from telemed.opinions.ports import Signer
from telemed.opinions.service import recalled, signed_one
from telemed.opinions.stored import is_whole, whole
from telemed.opinions.verified import Compared, PageCompared, VerifyOut
from telemed.opinions.versions import versions
from telemed.people.model import Hospital

ATTEMPTS, WITHIN = 30, timedelta(minutes=1)


@cache
def attempts(service: Path) -> Rate:
    """One count for each service, named by its data directory."""
    return Rate(ATTEMPTS, WITHIN)


async def verify(desk: Desk, signer: Signer, code: str) -> VerifyOut:
    """Verifies a record, without patient data: number, hospitals, time, what was compared, whether it was amended."""
    async with desk.database.read() as db:
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
        added = [(each, await db.get(PagePrint, each.id)) for each in await pages.of(db, [found.id])]
        sections = await mdt.kept(db, found)
        said = (await db.exec(select(Stand).where(Stand.opinion_id == found.id).order_by(col(Stand.id)))).all()
    compared = await compare(desk.store, signer, found)
    named = stands.named(found, [page for page, _ in added])
    if said or named:
        compared.append(Compared(part="stands", matches=_all_stand(signer, said, named)))
    if sections is not None:
        compared.append(Compared(part="sections", matches=mdt.all_stand(signer, sections)))
    behind = [await _page(desk.store, signer, found, *each) for each in added]
    if behind:
        compared.append(Compared(part="pages", matches=all(each.matches for each in behind)))
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
        format=format_of(found.canonical, found.sha256),
        compared=compared,
        pages=behind,
        hash_matches=all(each.matches for each in compared),
        status=status,
        latest=latest,
    )


async def compare(store: FileStore, signer: Signer, opinion: Opinion) -> list[Compared]:
    """Compares everything stored of this version with its hashes: text, signature, and the bytes of its print."""
    canonical, signature = opinion.canonical or "", opinion.signature or ""
    return [
        Compared(part="text", matches=_says(opinion)),
        Compared(part="signature", matches=signer.holds(canonical.encode(), signature)),
        Compared(part="print", matches=await is_whole(store, opinion.print_sha256)),
    ]


def _says(opinion: Opinion) -> bool:
    """Whether the text matches its hash and agrees with the row."""
    signed = intact(opinion.canonical, opinion.sha256)
    content = OpinionContent.model_validate(opinion.content).model_dump(mode="json")
    return signed is not None and signed["content"] == content


def _all_stand(signer: Signer, said: Sequence[Stand], named: stands.Named) -> bool:
    """Whether every stand is intact, and none that the record names is missing or different."""
    kept = {str(each.id): (each.sha256, each.signature) for each in said if _stands(signer, each)}
    return len(kept) == len(said) and all(id in kept and was in (None, kept[id]) for id, was in named.items())


def _stands(signer: Signer, stand: Stand) -> bool:
    """Whether one stand is intact: its hash and signature match, and its row says what was signed."""
    told = stand.canonical.encode()
    if sha256(told).hexdigest() != stand.sha256 or not signer.holds(told, stand.signature):
        return False
    text = json.loads(told)
    says = (text["stand"], text["words"], text["about"], text["by"]["id"], text["at"])
    return says == (stand.kind.value, stand.words, stand.about_sha256, str(stand.staff_id), stand.at.isoformat())


async def _page(
    store: FileStore, signer: Signer, opinion: Opinion, page: OpinionPage, made: PagePrint | None
) -> PageCompared:
    """Compares a page: its text with its hash and with this version's; if it is printed, signature and bytes."""
    told = page.canonical.encode()
    holds = sha256(told).hexdigest() == page.sha256 and json.loads(told)["parent"] == opinion.sha256
    if made is not None:
        holds = holds and signer.holds(told, made.signature) and await is_whole(store, made.sha256)
    return PageCompared(number=page.number, kind=PageKind(page.kind), at=page.at, sha256=page.sha256, matches=holds)


async def download(desk: Desk, actor: Actor, opinion_id: UUID, now: datetime) -> tuple[str, bytes]:
    """The file name and the stored PDF of a signed version."""
    async with desk.database.write() as db:  # the audit log has the reading before the first byte is sent
        opinion, row = await signed_one(db, actor, opinion_id, now)
        record(db, actor, "opinion.downloaded", str(opinion_id), now)
    return f"{row.number}-v{opinion.number}.pdf", await whole(desk.store, opinion.print_sha256)
