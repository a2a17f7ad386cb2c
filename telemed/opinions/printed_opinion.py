"""会诊部分 of a record: the opinion's text, numbered advice, key images, and signatures."""

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.documents import record as doc
from telemed.files.model import File
from telemed.opinions import image_files, key_images, stands, words
from telemed.opinions.content import OpinionContent
from telemed.opinions.key_images import KeyImage
from telemed.opinions.model import Section, Stand
from telemed.people.model import Staff


async def opinion_part(
    db: AsyncSession, content: OpinionContent, lead: Staff | None, as_what: str, stood: Sequence[Stand], zone: str
) -> doc.OpinionPart:
    """`as_what`: what its lead is in it."""
    others, dissents = await stands.printed(db, stood, zone)
    numbered = list(enumerate(content.rows(), 1))
    return doc.OpinionPart(
        analysis=content.analysis,
        diagnosis=content.diagnosis,
        groups=[
            doc.AdviceGroup(
                title=words.SECTION[section],
                rows=[
                    doc.PrintedAdvice(
                        n=n,
                        text=each.text,
                        kind=words.KIND[each.kind],
                        owner=each.owner,
                        due=words.due(each.due, each.due_at, zone),
                    )
                    for n, (of, each) in numbered
                    if of is section
                ],
                none="无特殊建议" if section is Section.advice and content.no_advice else "无",
            )
            for section in Section
        ],
        reservations="\n".join(each for each in (content.reservations.strip(), *dissents) if each),
        images=[await _image(db, each) for each in content.key_images],
        lead=doc.Signature(
            part=as_what,
            name=lead.name if lead else "",
            title=words.TITLE[lead.title] if lead else "",
            stand="出具",
            sha256=await _signature(db, lead),
        ),
        others=others,
    )


async def _signature(db: AsyncSession, lead: Staff | None) -> str:
    """The hash of their signature picture as it is now: what is signed keeps showing this one."""
    return (await db.get_one(File, lead.signature_id)).sha256 if lead and lead.signature_id else ""


async def _image(db: AsyncSession, image: KeyImage) -> doc.PrintedImage:
    return doc.PrintedImage(
        study=image.study or "影像",
        at=image.taken_at,
        place=key_images.place(image),
        part=image.body_part,
        side=words.SIDE[image.side] if image.side else "未注明",
        note=image.note,
        sha256=await image_files.digest(db, image),
    )
