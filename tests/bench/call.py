"""A consultation in two browsers: entering and leaving its room."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import expect

from tests.bench.workshop import Workshop, browsers, sign_in
from tests.e2e.conftest import Person, Product
from tests.e2e.in_room import at_home, controls, go_in, other_tile, room

LEAD, DOCTOR = "expert2", "jiashan.doctor"


@contextmanager
def both_in(shop: Workshop, script: str = "") -> Iterator[tuple[Person, Person]]:
    """The lead expert and the accompanying physician, each in a browser of their own, in the room."""
    with meeting(shop, script) as (_, lead, doctor):
        yield lead, doctor


@contextmanager
def meeting(shop: Workshop, script: str = "") -> Iterator[tuple[Product, Person, Person]]:
    """As `both_in`, with the product in which they meet."""
    with shop.product() as product, browsers(2) as (ruijin, jiashan):
        seats = {LEAD: ruijin, DOCTOR: jiashan}
        doctor, lead = (
            at_home(lambda who: sign_in(seats[who], product, who, script=script), who) for who in (DOCTOR, LEAD)
        )
        for each in (doctor, lead):
            go_in(each)
        for each in (doctor, lead):
            expect(room(each.page)).to_be_visible()
            expect(other_tile(each.page)).to_be_visible()
        yield product, lead, doctor


def go_out(person: Person) -> None:
    """Leaves by the button and returns to the home page."""
    page = person.page
    controls(person).get_by_role("button", name="离开", exact=True).click()
    left = page.get_by_role("heading", name="您已离开会诊室")
    sure = page.get_by_role("dialog").get_by_role("button", name="离开", exact=True)
    expect(left.or_(sure).first).to_be_visible()
    if sure.is_visible():
        sure.click()
    expect(left).to_be_visible()
    page.goto("/")
