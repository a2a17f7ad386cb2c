"""The port of marks to the archive that has the images."""

from collections.abc import Collection
from typing import Protocol


class Images(Protocol):
    async def lacking(
        self, hospital: str, study_uid: str, images: Collection[tuple[str, int]]
    ) -> Collection[tuple[str, int]]:
        """Which of these images, by SOP Instance UID and frame (from 1), the study does not have.

        Not to be called in a transaction.
        """
