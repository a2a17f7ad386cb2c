"""Notes what an archive tells of who reads which study."""

from collections.abc import Collection

from aiohttp import web

from imaging.actor import ACTOR
from imaging.errors import Unavailable
from imaging.reads import Read


class Told:
    """Notes what it is told; `full`: says that it cannot keep it."""

    def __init__(self) -> None:
        self.read_by, self.refused_to, self.full = list[tuple[str, Read]](), list[tuple[str, str, str]](), False

    async def read(self, request: web.Request, studies: Collection[Read]) -> None:
        if self.full:
            raise Unavailable("It could not be noted.")
        self.read_by += [(request[ACTOR].id, each) for each in studies]

    async def refused(self, request: web.Request, study_uid: str, code: str) -> None:
        self.refused_to.append((request[ACTOR].id, study_uid, code))
