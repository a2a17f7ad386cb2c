"""Seniority is of doctors; an administrator ranks above nobody."""

import pytest

from telemed.consultations.model import Consultation
from telemed.consultations.rules.content import RequestContent
from telemed.consultations.words import Urgency
from telemed.opinions.printed_request import request_part
from telemed.people.model import Hospital, Staff, Title
from telemed.people.seniority import outranked, rank
from tests.telemed.conftest import World, rows


def test_doctors_ascend_and_the_others_have_no_rank() -> None:
    ranked = {title: held for title in Title if (held := rank(title)) is not None}
    assert sorted(ranked, key=ranked.__getitem__) == ["resident", "attending", "associate_chief", "chief"]
    assert set(Title) - ranked.keys() == {Title.nurse, Title.technician, Title.administrator}


def test_nobody_ranks_above_a_chief_physician() -> None:
    assert {title for title in Title if outranked(title)} == {Title.resident, Title.attending, Title.associate_chief}


@pytest.mark.parametrize(
    ("wanted", "printed"), [(Title.associate_chief, "副主任医师以上"), (Title.chief, "主任医师"), (None, "")]
)
async def test_the_record_says_above_only_where_somebody_is(world: World, wanted: Title | None, printed: str) -> None:
    doctor = world.ids["doctor"]
    branch, staff = (await rows(world.db, Hospital))[0], {each.id: each for each in await rows(world.db, Staff)}
    row = Consultation(branch_id="wuxi", hub_id="ruijin", urgency=Urgency.routine, requester_id=doctor)
    assert request_part(row, RequestContent(title_wanted=wanted), staff, branch, {}).wanted == printed
