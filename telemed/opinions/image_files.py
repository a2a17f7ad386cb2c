"""The pictures of key images: who may keep them, and their hashes."""

from collections.abc import Sequence, Set
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.errors import Invalid
from telemed.files import service as files
from telemed.files.model import File, FileKind
from telemed.kit.activity import Activity
from telemed.opinions.key_images import KeyImage


async def keep(
    db: AsyncSession,
    actor: Actor,
    before: Sequence[KeyImage],
    after: Sequence[KeyImage],
    held: Set[tuple[str, str]],
    *,
    activity: Activity,
    case_id: UUID,
    patient_id: UUID | None,
    hospital_id: str,
) -> None:
    """Checks that those that are new are of studies that are `held`, and attaches their pictures to the case."""
    known = {_identity(each) for each in before}
    for each in after:
        if _identity(each) in known:
            continue
        if (each.hospital_id, each.study_uid) not in held:
            raise Invalid("This study does not belong to what is written.", reason="other_study")
        whose: dict[str, Any] = {"case_id": case_id, "patient_id": patient_id, "hospital_id": hospital_id}
        file = await files.attach(db, actor, each.file_id, FileKind.key_image, activity=activity, **whose)
        if not file.media_type.startswith("image/"):
            raise Invalid("A key image is a picture.", reason="wrong_file_kind")


def _identity(image: KeyImage) -> tuple[object, ...]:
    return image.key, image.file_id, image.hospital_id, image.study_uid, image.instance_uid, image.frame


async def digest(db: AsyncSession, image: KeyImage) -> str:
    """The hash of its picture."""
    return (await db.get_one(File, image.file_id)).sha256
