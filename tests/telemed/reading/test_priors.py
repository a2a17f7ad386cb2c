"""Which studies are priors of a reading, and what their reader sees of them."""

import json
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from telemed.access.model import Role
from telemed.reading import priors, sides
from telemed.reading.model import Reading
from telemed.reading.words import Part, Side, Urgency
from telemed.reading.words import ReadingState as State
from telemed.studies.model import LinkState, StudyLink
from telemed.studies.service import Held
from tests.telemed.conftest import NOW, Call, World
from tests.telemed.reading.helpers import STUDY, TEXT, another, claimed, issued, person, requested

# The page guesses with the same words when a reading is requested: web/src/features/reading/part.test.ts.
NAMES = json.loads((Path(__file__).parent / "part_names.json").read_text("utf-8"))


def a_reading(part: Part = Part.chest) -> Reading:
    return Reading(
        branch_id="wuxi", hub_id="ruijin", study_uid="1.1", rank=1, state=State.requested, urgency=Urgency.urgent,
        modality="CT", part=part, side=Side.none, examination="", question="",
    )  # fmt: skip


def held(uid: str, name: str = "胸部平扫", days: int = 0, modality: str = "CT", **more: object) -> Held:
    fields = {
        "hospital_id": "wuxi", "study_uid": uid, "description": name, "taken_at": NOW - timedelta(days=days),
        "accession_number": "", "laterality": "", "modalities": [modality], "series": 1, "received": 1,
        "expected": None, "complete": True,
        "link": LinkState.confirmed, "differs": False, "hidden": False, "by": None,
    } | more  # fmt: skip
    return Held(**fields)  # type: ignore[arg-type]  # a test's words


@pytest.mark.parametrize(("name", "part", "side"), NAMES)
def test_a_study_says_its_part_and_side_in_its_name(name: str, part: str | None, side: str) -> None:
    assert next(iter(priors.parts_of(name)), None) == part
    assert sides.side_of(name, "") == side


@pytest.mark.parametrize("name", ["胸部+上腹部CT平扫", "CT CHEST ABDOMEN PELVIS", "胸腹盆CT增强"])
def test_a_study_of_several_parts_is_a_prior_for_each(name: str) -> None:
    for part in (Part.chest, Part.abdomen):
        assert priors.of_reading(a_reading(part), [held("1.1"), held("1.2", name, 9)]).priors, part


@pytest.mark.parametrize(
    ("other", "is_one"),
    [
        (held("1.2", days=700), True),
        (held("1.2", "胸部正位", 30, "DX"), True),
        (held("1.2", "冠状动脉 CTA", 30), True),
        (held("1.2", "PET/CT whole body", 30, "PT"), True),
        (held("1.2", "Study 4711", 30), True),  # says no part, but is of the same modality
        (held("1.2", "Study 4711", 30, "MR"), False),
        (held("1.2", "头颅平扫", 30), False),
        (held("1.2", days=-1), False),  # it was taken later
        (held("1.2", days=30, taken_at=None), True),
        (held("1.2", days=30, link=LinkState.proposed), False),
        (held("1.2", days=30, hidden=True), False),
        (held("1.2", days=30, hospital_id="jiashan"), False),
    ],
)
def test_a_prior_is_an_earlier_study_of_the_same_part(other: Held, is_one: bool) -> None:
    study = held("1.1")
    assert priors.of_reading(a_reading(), [study, other]) == (study, [other] if is_one else [])


def test_those_of_the_same_modality_come_first_and_of_these_the_newest() -> None:
    found = [held("1.1"), held("1.2", "胸部正位", 1, "DX"), held("1.3", days=10), held("1.4", days=20)]
    assert [each.study_uid for each in priors.of_reading(a_reading(), found).priors] == ["1.3", "1.4", "1.2"]


def test_nothing_is_opened_while_it_is_not_known_whose_the_study_is() -> None:
    found = [held("1.1", link=LinkState.proposed), held("1.2", days=10)]
    assert priors.opened(a_reading(), found) == []


async def test_the_report_of_a_prior_stands_beside_the_new_reading(call: Call, world: World, study: UUID) -> None:
    before = await another(world, study, STUDY + ".1", received=188)
    await issued(call, await claimed(call, before))
    out = await requested(call, study)
    _, shown = await call("reader", "GET", f"/readings/{out['id']}")
    (prior,) = shown["priors_held"]
    assert prior["received"] == 188
    assert prior["report"]["impression"]
    assert prior["report"]["issued_at"]
    assert shown["report"] is None, "its own is not written"


async def test_a_report_that_is_not_issued_stands_nowhere_else(call: Call, world: World, study: UUID) -> None:
    before = await another(world, study, STUDY + ".1")
    await claimed(call, before)
    out = await requested(call, study)
    _, shown = await call("reader", "GET", f"/readings/{out['id']}")
    assert [each["report"] for each in shown["priors_held"]] == [None]


async def test_a_prior_that_is_found_to_be_another_patients_is_gone(call: Call, world: World, study: UUID) -> None:
    before = await another(world, study, STUDY + ".1")
    out = await requested(call, study)
    async with world.db.write() as db:
        (await db.get_one(StudyLink, before)).state = LinkState.rejected
    _, shown = await call("reader", "GET", f"/readings/{out['id']}")
    assert (shown["priors"], shown["priors_held"]) == (0, [])


async def test_what_the_branch_itself_has_signed_of_a_prior_stands_there_too(
    call: Call, world: World, study: UUID
) -> None:
    prior = STUDY + ".1"
    await another(world, study, prior)
    await person(world, "gu", "wuxi", Role.radiologist)
    path = f"/own-reports/{prior}"
    _, page = await call("gu", "POST", f"{path}/claim")
    _, draft = await call("gu", "PUT", path, match=page["draft"]["version"], json=TEXT)
    out = await requested(call, study)
    assert [each["own"] for each in out["priors_held"]] == [None], "a draft is nobody else's"
    assert (await call("gu", "POST", f"{path}/sign", match=draft["version"]))[0] == 200
    _, shown = await call("reader", "GET", f"/readings/{out['id']}")
    [held] = shown["priors_held"]
    assert (held["own"]["impression"], held["own"]["signer"], held["report"]) == (TEXT["impression"], "gu", None)
