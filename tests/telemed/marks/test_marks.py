"""Marks on the images of a study: who saves, sees, changes and deletes them."""

from copy import deepcopy
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import pytest
from sqlmodel import select

from telemed.audit.model import AuditEvent
from telemed.history.model import EventRow
from telemed.marks.model import StudyMark
from telemed.studies.model import LinkState, StudyLink, StudyView
from tests.fakes.images import FRAMES, NOT_THERE
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.reading.helpers import STUDY, requested

PATH: Final = f"/marks/wuxi/{STUDY}"
LENGTH: Final[dict[str, Any]] = {
    "id": "0" * 31 + "1",
    "instance": "1.2.3.4",
    "frame": 1,
    "kind": "length",
    "points": [[10.5, 20.25], [30, 40]],
    "text": "",
}
ARROW: Final[dict[str, Any]] = LENGTH | {"id": "0" * 31 + "2", "kind": "arrow", "text": "破口"}


async def save(call: Call, who: str, *put: dict[str, Any], deleted: tuple[str, ...] = ()) -> tuple[int, Any]:
    return await call(who, "POST", PATH, json={"put": list(put), "deleted": list(deleted)})


async def shown(call: Call, who: str) -> list[Any]:
    status, out = await call(who, "GET", PATH)
    assert status == 200, out
    return [each | {"saved_at": None} for each in out["items"]]


async def test_what_a_reader_saves_is_there_for_everybody_who_sees_the_study_with_author_and_time(
    call: Call, study: UUID, world: World
) -> None:
    await requested(call, study)
    status, out = await save(call, "reader", LENGTH, ARROW)
    assert status == 200, out
    mark = {**LENGTH, "author": str(world.ids["reader"]), "saved_at": NOW.isoformat().replace("+00:00", "Z")}
    assert out["items"] == [mark, mark | {"id": ARROW["id"], "kind": "arrow", "text": "破口"}]
    assert [(each["name"], each["name_en"]) for each in out["authors"]] == [("reader", "reader")]
    for who in ("reader", "reader2", "chief_reader", "doctor", "radiographer"):
        assert len(await shown(call, who)) == 2, who
    [event] = [each for each in await rows(world.db, EventRow) if each.type == "marks.saved"]
    assert (event.data, event.hospital_id, event.actor_id) == (
        {"id": STUDY, "author_id": str(world.ids["reader"]), "put": 2, "deleted": 0},
        "wuxi",
        world.ids["reader"],
    )
    assert "marks.saved" in {each.action for each in await rows(world.db, AuditEvent)}


async def test_only_its_author_changes_and_deletes_a_mark(call: Call, study: UUID) -> None:
    await requested(call, study)
    await save(call, "reader", LENGTH)
    before = await shown(call, "doctor")
    for refused in (
        await save(call, "doctor", LENGTH | {"text": "x"}),
        await save(call, "doctor", deleted=(LENGTH["id"],)),
    ):
        assert (refused[0], refused[1]["reason"]) == (409, "mark_of_another")
    assert await shown(call, "doctor") == before
    assert (await save(call, "reader", LENGTH | {"points": [[1, 2], [3, 4]]}))[0] == 200
    assert [each["points"] for each in await shown(call, "doctor")] == [[[1, 2], [3, 4]]]


async def test_a_deleted_mark_is_shown_to_nobody_and_stays_on_record_until_its_author_undoes_it(
    call: Call, study: UUID, world: World
) -> None:
    await requested(call, study)
    await save(call, "reader", LENGTH, ARROW)
    status, out = await save(call, "reader", deleted=(LENGTH["id"], "f" * 32))
    assert (status, [each["id"] for each in out["items"]]) == (200, [ARROW["id"]])
    assert {each.id.hex: each.deleted_at for each in await rows(world.db, StudyMark)} == {
        LENGTH["id"]: NOW,
        ARROW["id"]: None,
    }
    await save(call, "reader", LENGTH)
    assert {each["id"] for each in await shown(call, "doctor")} == {LENGTH["id"], ARROW["id"]}


async def test_the_same_twice_changes_nothing_and_is_no_news(
    call: Call, study: UUID, world: World, clock: FakeClock
) -> None:
    await requested(call, study)
    _, first = await save(call, "reader", LENGTH)
    clock.now += timedelta(minutes=5)
    _, second = await save(call, "reader", LENGTH)
    assert second == first
    assert len([each for each in await rows(world.db, EventRow) if each.type == "marks.saved"]) == 1


async def test_who_does_not_see_the_study_learns_nothing_of_it(call: Call, study: UUID, world: World) -> None:
    """The same as of a study that there is not."""
    await save(call, "doctor", LENGTH)
    answers = set()
    for who in ("jiashan_doctor", "expert", "reader"):  # nobody has asked the hub yet
        for path in (PATH, "/marks/wuxi/1.2.3"):
            for method, body in (("GET", None), ("POST", {"put": [], "deleted": []})):
                status, out = await call(who, method, path, json=body)
                answers.add((status, out["code"], out["detail"]))
    assert len(answers) == 1
    assert answers.pop()[0] == 404
    assert len(await rows(world.db, StudyMark)) == 1


async def test_a_hidden_study_has_marks_for_its_imaging_department_alone(call: Call, study: UUID, world: World) -> None:
    await save(call, "doctor", LENGTH)
    async with world.db.write() as db:
        (await db.exec(select(StudyView))).one().hidden = True
    assert (await call("doctor", "GET", PATH))[0] == 404
    assert len(await shown(call, "radiographer")) == 1


async def test_a_study_that_is_taken_from_the_patient_is_closed_to_the_hub(
    call: Call, study: UUID, world: World
) -> None:
    await requested(call, study)
    await save(call, "reader", LENGTH)
    async with world.db.write() as db:
        (await db.get_one(StudyLink, study)).state = LinkState.rejected
    assert (await call("reader", "GET", PATH))[0] == 404
    assert len(await shown(call, "doctor")) == 1


async def test_who_may_only_look_saves_nothing(call: Call, study: UUID, world: World) -> None:
    status, out = await save(call, "radiographer", LENGTH)
    assert (status, out["reason"]) == (403, "not_to_annotate")
    assert (await call("radiographer", "GET", PATH))[1]["draws"] is False
    assert (await call("doctor", "GET", PATH))[1]["draws"] is True
    assert await rows(world.db, StudyMark) == []


BAD: Final[dict[str, dict[str, Any]]] = {
    "an unknown kind": {"kind": "heart"},
    "too few places": {"points": [[1, 2]]},
    "too many places": {"points": [[1, 2]] * 3},
    "an outline of two places": {"kind": "polygon"},
    "an outline without end": {"kind": "polygon", "points": [[1, 2]] * 201},
    "a place of three numbers": {"points": [[1, 2, 3], [4, 5, 6]]},
    "a place beyond any image": {"points": [[1, 2], [1e9, 0]]},
    "a long text": {"text": "x" * 61},
    "an id that is none": {"id": "../../x"},
    "an image that is none": {"instance": "x' OR 1=1"},
    "no frame": {"frame": 0},
    "a field that nobody asked for": {"author": "me"},
}


@pytest.mark.parametrize("what", BAD)
async def test_a_mark_that_is_none_is_refused(call: Call, study: UUID, world: World, what: str) -> None:
    status, _ = await save(call, "doctor", deepcopy(LENGTH) | BAD[what])
    assert status == 422
    assert await rows(world.db, StudyMark) == []


async def test_a_mark_of_an_image_that_the_study_does_not_have_is_refused_by_its_name(
    call: Call, study: UUID, world: World
) -> None:
    for image in ({"instance": NOT_THERE}, {"frame": FRAMES + 1}):
        status, out = await save(call, "doctor", ARROW, LENGTH | image)
        assert (status, out["reason"]) == (409, "no_such_image")
        wanted = LENGTH | image
        assert (out["image"], out["frame"]) == (wanted["instance"], wanted["frame"])
        assert wanted["instance"] in out["detail"]
    assert await rows(world.db, StudyMark) == []
    assert (await save(call, "doctor", deleted=(LENGTH["id"],)))[0] == 200


async def test_who_does_not_see_the_study_learns_nothing_of_its_images(call: Call, study: UUID) -> None:
    answers = [await save(call, "expert", LENGTH | {"instance": each}) for each in ("1.2.3.4", NOT_THERE)]
    assert [(status, out["detail"]) for status, out in answers] == [(404, "There is no such study.")] * 2


async def test_marks_do_not_pile_up_without_end(call: Call, study: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("telemed.marks.rules.MOST", 1)
    status, out = await save(call, "doctor", LENGTH, ARROW)
    assert (status, out["reason"]) == (409, "too_many_marks")
    assert await shown(call, "doctor") == []
