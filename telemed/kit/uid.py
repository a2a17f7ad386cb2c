"""DICOM's unique identifiers: what comes in must be well formed, and what was stored before can still be read."""

import re
from typing import Annotated, Final

from pydantic import AfterValidator, StringConstraints, ValidationInfo

from telemed.kit.model import INCOMING

# No empty component (PS3.5 §9.1). Leading zeros are wrong too, but many devices write them; see `imaging.part10.UID`.
WELL_FORMED: Final = re.compile(r"[0-9]+(?:\.[0-9]+)*")


def _well_formed(uid: str, info: ValidationInfo) -> str:
    if info.context is INCOMING and not WELL_FORMED.fullmatch(uid):
        raise ValueError("a UID is numbers with one dot between two")
    return uid


Uid = Annotated[str, StringConstraints(pattern=r"^[0-9.]{1,64}$"), AfterValidator(_well_formed)]
