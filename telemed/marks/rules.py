"""Who may draw on a study, and whose marks are whose."""

from collections.abc import Collection, Iterable
from typing import Final
from uuid import UUID

from telemed.access.model import Role
from telemed.errors import Conflict
from telemed.marks.model import StudyMark

MOST: Final = 1000  # marks of one person on one study
DRAWS: Final = (  # on the images of their own hospital
    Role.requesting_doctor,
    Role.accompanying_physician,
    Role.bed_doctor,
    Role.senior_doctor,
    Role.duty_doctor,
    Role.radiologist,
    Role.trainee,
    Role.expert,
)


def check_own(found: Iterable[StudyMark], author: UUID, hospital: str, study_uid: str) -> None:
    """Raises Conflict if one of these marks is another person's, or of another study."""
    if any((each.author_id, each.hospital_id, each.study_uid) != (author, hospital, study_uid) for each in found):
        raise Conflict("Only its author changes or deletes a mark.", reason="mark_of_another")


def check_images(lacking: Collection[tuple[str, int]]) -> None:
    """`lacking`: SOP Instance UIDs and frames on which marks are, and which the study does not have."""
    if lacking:
        instance, frame = min(lacking)
        raise Conflict(
            f"The study has no image {instance}, frame {frame}.", reason="no_such_image", image=instance, frame=frame
        )


def check_number(there: int) -> None:
    if there > MOST:
        raise Conflict(f"At most {MOST} marks of one person are kept on a study.", reason="too_many_marks")
