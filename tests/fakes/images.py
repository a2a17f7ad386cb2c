"""An archive that has every image of every study, but for those that a test names."""

from collections.abc import Collection
from typing import Final

NOT_THERE: Final = "1.2.3.404"
FRAMES: Final = 3


class FakeImages:
    async def lacking(
        self, hospital: str, study_uid: str, images: Collection[tuple[str, int]]
    ) -> Collection[tuple[str, int]]:
        return {(uid, frame) for uid, frame in images if uid == NOT_THERE or frame > FRAMES}
