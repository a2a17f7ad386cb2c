"""What has happened to a reading: for its hub with why it was taken over, for the branch without."""

from uuid import UUID

from telemed.reading import events
from telemed.reading.past import KINDS
from tests.telemed.conftest import Call, World
from tests.telemed.reading.helpers import act, claimed, requested


def test_every_event_of_a_reading_is_in_it() -> None:
    def types(of: type[events.OfReading]) -> set[str]:
        return {each.type for each in of.__subclasses__()}

    assert types(events.OfReading) == KINDS.keys()


async def test_whoever_lost_it_reads_why_and_the_branch_does_not(call: Call, world: World, study: UUID) -> None:
    out = await claimed(call, study)
    taken = {"reason": "您已下班，急诊等报告"}
    assert (await call("reader2", "POST", f"/readings/{out['id']}/claim", json=taken))[0] == 200
    _, theirs = await call("reader", "GET", f"/readings/{out['id']}/history")
    assert [each["kind"] for each in theirs["items"]] == ["requested", "claimed", "taken_over"]
    last = theirs["items"][-1]
    assert (last["by"], last["before"], last["reason"]) == ("reader2", "reader", "您已下班，急诊等报告")
    _, ours = await call("doctor", "GET", f"/readings/{out['id']}/history")
    assert [each["kind"] for each in ours["items"]] == ["requested"]
    assert (await call("jiashan_doctor", "GET", f"/readings/{out['id']}/history"))[0] == 404


async def test_what_was_returned_has_its_code_and_words(call: Call, study: UUID) -> None:
    out = await claimed(call, study)
    _, back = await act(call, "reader", out, "return", code="incomplete", words="缺静脉期")
    await act(call, "doctor", back, "resend", history="已补传")
    _, past = await call("radiographer", "GET", f"/readings/{out['id']}/history")
    kinds = [(each["kind"], each["code"], each["reason"]) for each in past["items"]]
    assert kinds == [("requested", None, ""), ("returned", "incomplete", "缺静脉期"), ("resent", None, "")]


async def test_what_the_product_does_itself_is_by_nobody(call: Call, world: World, study: UUID) -> None:
    out = await requested(call, study)
    _, past = await call("doctor", "GET", f"/readings/{out['id']}/history")
    [asked] = past["items"]
    assert (asked["kind"], asked["by"], asked["hospital_id"]) == ("requested", "doctor", "wuxi")
