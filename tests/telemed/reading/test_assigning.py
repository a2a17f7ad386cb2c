"""To whom a reading is given: subspecialty, weighted open work, the roster's order; and who may say so."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

import pytest

from telemed.access.model import Role
from telemed.audit.model import AuditEvent
from telemed.people.model import Title
from telemed.reading.assigning import WEIGHTS, Weight, Work, reader_for, weight_of
from telemed.reading.words import Part, Subspecialty
from tests.telemed.conftest import Call, World, rows
from tests.telemed.reading.helpers import person, requested, rostered

A, B, C = uuid4(), uuid4(), uuid4()
CHEST, NEURO = Subspecialty.chest, Subspecialty.neuro


@pytest.mark.parametrize(
    ("part", "named", "given"),
    [
        (Part.chest, {A: [NEURO], B: [CHEST], C: []}, B),
        (Part.chest, {A: [NEURO], B: [NEURO, CHEST], C: [CHEST]}, B),  # the first of two in the roster
        (Part.chest, {A: [NEURO], B: [NEURO]}, C),  # nobody of it: who names none
        (Part.chest, {A: [NEURO], B: [NEURO], C: [NEURO]}, A),  # nobody at all: somebody must
        (Part.whole_body, {A: [NEURO], B: [CHEST]}, A),  # of no subspecialty
        (Part.chest, {}, A),
    ],
)
def test_it_goes_to_the_subspecialty(part: Part, named: Mapping[UUID, Sequence[Subspecialty]], given: UUID) -> None:
    assert reader_for(part, [A, B, C], named, WEIGHTS, []) == given


def test_it_goes_to_who_has_the_least_open_work_by_weight() -> None:
    radiographs = Work(A, "DX", Part.chest, 5)
    ct = Work(B, "CT", Part.heart, 2)
    assert reader_for(Part.chest, [A, B], {}, WEIGHTS, [radiographs, ct]) == A, "5 against 10"
    assert reader_for(Part.chest, [A, B], {}, [], [radiographs, ct]) == B, "5 against 2 where all weigh the same"
    assert reader_for(Part.chest, [A, B], {B: [CHEST]}, WEIGHTS, [radiographs, ct]) == B, "the subspecialty comes first"
    assert reader_for(Part.chest, [], {}, WEIGHTS, []) is None


def test_a_part_has_a_weight_of_its_own() -> None:
    weights = [Weight(modality="CT", weight=3), Weight(modality="CT", part=Part.heart, weight=5)]
    found = [weight_of(weights, *each) for each in (("CT", Part.heart), ("CT", Part.chest), ("MR", Part.heart))]
    assert found == [5, 3, 1]


def said(desk: Any, world: World, **subspecialties: list[str]) -> dict[str, Any]:
    readers = [{"staff_id": str(world.ids[who]), "subspecialties": of} for who, of in subspecialties.items()]
    return {"readers": readers, "weights": desk["weights"]}


async def save(call: Call, desk: Any, body: Any, who: str = "chief_reader") -> tuple[int, Any]:
    return await call(who, "PUT", "/reading-desk", json=body, match=desk["version"])


async def test_heads_of_the_desk_say_who_reads_what(call: Call, world: World, study: UUID) -> None:
    assert (await call("doctor", "GET", "/reading-desk"))[0] == 403
    _, desk = await call("reader", "GET", "/reading-desk")
    assert (desk["version"], desk["may_edit"], len(desk["readers"])) == (0, False, 3)
    status, answer = await save(call, desk, said(desk, world, reader=["chest"]), "reader")
    assert (status, answer["reason"]) == (403, "desk_editors")
    status, kept = await save(call, desk, said(desk, world, reader=["chest", "chest"], reader2=[]))
    assert (status, kept["version"], kept["saved_by"], kept["may_edit"]) == (200, 1, "chief_reader", True)
    of = {each["name"]: each["subspecialties"] for each in kept["readers"]}
    assert of == {"reader": ["chest"], "reader2": [], "chief_reader": []}
    [audited] = [each for each in await rows(world.db, AuditEvent) if each.action == "reading_desk.saved"]
    assert audited.change is not None
    assert audited.change["after"]["subspecialties"] == {str(world.ids["reader"]): ["chest"]}


async def test_what_cannot_be_is_refused(call: Call, world: World, study: UUID) -> None:
    _, desk = await call("chief_reader", "GET", "/reading-desk")
    await person(world, "theirs", "wuxi", Role.radiologist, Title.chief)
    for who in ("theirs", "expert"):
        status, answer = await save(call, desk, said(desk, world, **{who: ["chest"]}))
        assert (status, answer["reason"]) == (422, "not_a_reader"), who
    twice = [{"modality": "CT", "weight": 2}, {"modality": "CT", "weight": 3}]
    status, answer = await save(call, desk, {"readers": [], "weights": twice})
    assert (status, answer["reason"]) == (422, "weight_twice")
    for weight in (0, 21):
        assert (await save(call, desk, {"readers": [], "weights": [{"modality": "CT", "weight": weight}]}))[0] == 422
    assert (await save(call, desk, said(desk, world)))[0] == 200
    status, answer = await save(call, desk, said(desk, world, reader=["chest"]))
    assert (status, answer["current"]["version"]) == (412, 1)


async def test_a_chest_goes_to_the_chest_reader_on_duty(call: Call, world: World, study: UUID) -> None:
    await rostered(world, "reader", "reader2")
    _, desk = await call("chief_reader", "GET", "/reading-desk")
    await save(call, desk, said(desk, world, reader=["neuro"], reader2=["chest"]))
    out = await requested(call, study)
    assert (out["state"], out["claim"]["name"]) == ("assigned", "reader2")
