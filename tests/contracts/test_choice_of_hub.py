"""A doctor chooses another hub for a draft while a colleague files a consent: it never counts for the wrong hub."""

import asyncio

from telemed.cases.model import Consent
from telemed.cases.rules import stands
from telemed.consultations.model import Consultation
from telemed.db import Database
from telemed.work.model import Deadline
from tests.telemed.conftest import Call, World, rows
from tests.telemed.consultations.second_hub import HUB, open_second_hub
from tests.telemed.requests.helpers import TELEPHONE, change, complete, get


async def test_a_consent_that_is_taken_at_the_same_moment_counts_for_the_hub_it_names_or_not_at_all(
    any_db: Database, call: Call, world: World
) -> None:
    row = await complete(call)
    await open_second_hub(world)
    path, taken = f"/consultations/{row['id']}/consents", TELEPHONE | {"hub_id": "ruijin"}
    (changed, _), *_ = await asyncio.gather(
        call("doctor", "PATCH", f"/requests/{row['id']}", match=row["version"], json={"hub_id": HUB}),
        *(call("doctor2", "POST", path, json=taken) for _ in range(3)),
    )
    assert changed == 200
    assert [each.id for each in await rows(any_db, Consent) if stands(each)] == []
    assert (await get(call, row["id"]))["missing"] == ["consent"]


async def test_of_two_colleagues_who_choose_at_once_one_is_told(any_db: Database, call: Call, world: World) -> None:
    row = await complete(call)
    await open_second_hub(world)
    row = await change(call, row, hub_id=HUB)
    answers = await asyncio.gather(
        *(
            call(who, "PATCH", f"/requests/{row['id']}", match=row["version"], json={"hub_id": "ruijin"})
            for who in ("doctor", "doctor2")
        )
    )
    assert sorted(status for status, _ in answers) == [200, 412]
    assert [each.hub_id for each in await rows(any_db, Consultation)] == ["ruijin"]
    kept = [each for each in await rows(any_db, Deadline) if each.ladder == "draft" and each.done_at is None]
    assert [each.hub_id for each in kept] == ["ruijin"]
