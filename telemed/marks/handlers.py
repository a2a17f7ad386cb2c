"""The routes of marks: all of a study, and saving one's own."""

from aiohttp import web

from telemed.access.grants import CLINICAL
from telemed.access.policy import ACTOR, role
from telemed.activities.kinds import KINDS
from telemed.db import DATABASE, DB
from telemed.kit.http import Routes, now
from telemed.marks import service
from telemed.marks.ports import Images
from telemed.marks.schemas import MarksOut, SaveIn

routes = Routes("/marks", tag="marks")
IMAGES = web.AppKey("images", Images)
clinical = role(*CLINICAL)


@routes.get("/{hospital}/{study_uid}", policy=clinical)
async def of_study(request: web.Request, hospital: str, study_uid: str) -> MarksOut:
    """What people have drawn on a study and saved."""
    kinds = request.config_dict[KINDS]
    return await service.of_study(request[DB], kinds, request[ACTOR], hospital, study_uid, now(request))


@routes.post("/{hospital}/{study_uid}", policy=clinical, transaction=False)
async def save(request: web.Request, hospital: str, study_uid: str, body: SaveIn) -> MarksOut:
    """Save what you have drawn on a study, and delete what you have taken away."""
    database, kinds = request.config_dict[DATABASE], request.config_dict[KINDS]
    asked = (kinds, request[ACTOR], hospital, study_uid, body, now(request))
    await service.check_images(database, request.config_dict[IMAGES], *asked)
    async with database.write() as db:
        return await service.save(db, *asked)
