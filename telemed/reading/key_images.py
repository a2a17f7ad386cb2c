"""关键影像 of a report: of the study that is read and its priors, printed with it and named in its SR and FHIR."""

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.documents.canonical import intact
from telemed.documents.report import ReportImage
from telemed.errors import Conflict
from telemed.opinions import image_files, words
from telemed.opinions.key_images import KeyImage, foreign, place
from telemed.reading import priors
from telemed.reading.model import Reading, Report, activity
from telemed.reading.schemas import ReportText
from telemed.studies import service as studies


def of(report: Report) -> list[KeyImage]:
    """Those of the report, in their order: as it was issued, or as its draft has them now; none if it is damaged."""
    if report.canonical is None:
        return ReportText.model_validate(report, from_attributes=True).key_images
    issued = intact(report.canonical, report.sha256) or {}
    return ReportText.model_validate(issued.get("report", {})).key_images


async def keep(
    db: AsyncSession, actor: Actor, row: Reading, before: Sequence[KeyImage], after: Sequence[KeyImage]
) -> None:
    """Attaches the pictures of those that are new; raises Invalid if one is neither of the study nor of a prior."""
    if not after:
        return
    held = (await studies.of_patients(db, [row.patient_id])).get(row.patient_id, [])
    await image_files.keep(
        db,
        actor,
        before,
        after,
        set(priors.opened(row, held)),
        activity=activity(row.id),
        case_id=row.case_id,
        patient_id=row.patient_id,
        hospital_id=row.branch_id,
    )


async def refuse_recalled(db: AsyncSession, row: Reading, images: Sequence[KeyImage]) -> None:
    """Raises Conflict if the study, or that of a key image, is not confirmed as the patient's any more."""
    confirmed = set((await studies.confirmed(db, {row.patient_id})).get(row.patient_id, ()))
    if (row.branch_id, row.study_uid) not in confirmed:
        raise Conflict("The study is not confirmed as this patient's any more.", reason="study_recalled")
    if found := foreign(images, confirmed):
        told = [images.index(each) + 1 for each in found]
        raise Conflict(
            "The study of a key image is not confirmed as this patient's any more.",
            reason="key_image_recalled",
            images=told,
        )


async def printed(db: AsyncSession, images: Sequence[KeyImage]) -> list[ReportImage]:
    return [
        ReportImage(
            study=each.study or "影像",
            at=each.taken_at,
            place=place(each),
            part=each.body_part,
            side=words.SIDE[each.side] if each.side else "未注明",
            window=_window(each),
            note=each.note,
            sha256=await image_files.digest(db, each),
            file_id=each.file_id,
            study_uid=each.study_uid,
            series_uid=each.series_uid,
            sop_class_uid=each.sop_class_uid or "",
            instance_uid=each.instance_uid,
            frame=each.frame,
        )
        for each in images
    ]


def _window(image: KeyImage) -> str:
    if image.window_center is None or image.window_width is None:
        return ""
    return f"窗宽 {image.window_width:.0f}　窗位 {image.window_center:.0f}"
