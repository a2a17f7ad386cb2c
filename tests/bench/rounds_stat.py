"""An emergency from the bed of a round, at the cart: held, one of six questions tapped, and the expert is there."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import expect

from tests.bench import join
from tests.bench.rounds_live import Round, begun
from tests.bench.workshop import Measured, Workshop, milliseconds, p95, sign_in
from tests.e2e.at_the_bed import done
from tests.e2e.conftest import Person
from tests.e2e.emergency import band, call_off
from tests.e2e.in_room import room
from tests.e2e.until import until

EXPERT, LEAD = "expert", "江小满"  # the cardiologist who is called, and who leads the round: somebody else
COUNT = """
;(() => {
  window.__acts = 0
  for (const type of ['pointerdown', 'keydown']) addEventListener(type, () => { window.__acts++ }, true)
})()
"""
IN_PROGRESS = "async (id) => (await (await fetch(`/api/consultations/${id}`)).json()).state === 'in_progress'"
AGAIN = "() => { window.__acts = 0; Object.assign(window.__join, { clicked: 0, seen: 0 }) }"


@dataclass
class Called:
    seconds: list[float] = field(default_factory=list)
    ward: list[int] = field(default_factory=list)  # presses
    expert: list[int] = field(default_factory=list)


def _called(shop: Workshop, tries: int) -> Called:
    """Three metrics rest on the same calls."""
    called = Called()
    with begun(shop, join.NOTE + COUNT, led_by=LEAD) as round:
        browser = round.lead.context.browser
        assert browser is not None
        expert = sign_in(browser, round.product, EXPERT, script=join.NOTE + COUNT)
        done(round.lead, round.id, "present", item_id=round.at(round.beds[0])["id"])
        for _ in range(tries):
            _one(round, expert, called)
    return called


def _one(round: Round, expert: Person, called: Called) -> None:
    page = round.ward.page
    page.goto(f"{round.path}/cart")
    expert.page.goto("/")
    expect(expert.page.get_by_role("heading", name="待我处理")).to_be_visible()
    hold = page.get_by_role("toolbar", name="床旁操作").get_by_role("button", name=re.compile("紧急会诊"))
    expect(hold).to_be_visible()
    for each in (page, expert.page):
        each.evaluate(AGAIN)
    hold.hover()
    page.mouse.down()
    question = page.get_by_role("dialog").get_by_role("button", name=re.compile("呼吸困难"))
    expect(question).to_be_visible()
    page.mouse.up()
    question.click()
    band(expert).get_by_role("button", name="接入").click()
    called.seconds.append(milliseconds(page, "__join.clicked", "__join.seen") / 1000)
    expect(room(page)).to_be_visible()
    for counted, whose in ((called.ward, page), (called.expert, expert.page)):
        counted.append(whose.evaluate("() => window.__acts"))
        assert counted[-1] > 0, "nothing was counted"
    id = page.url.rpartition("/")[2]
    until(page, IN_PROGRESS, id)  # so that nothing else changes it while it is called off
    call_off(round.ward, id)


def _of(shop: Workshop) -> tuple[Called, int]:
    return shop.once(_called, tries := shop.often(20)), tries


def stat_to_video(shop: Workshop) -> Measured:
    """From the tap on the question to the expert's first frame at the cart; the expert answers as soon as it rings."""
    called, tries = _of(shop)
    return Measured(p95(called.seconds), tries)


def actions_ward(shop: Workshop) -> Measured:
    called, tries = _of(shop)
    return Measured(max(called.ward), tries)


def actions_expert(shop: Workshop) -> Measured:
    called, tries = _of(shop)
    return Measured(max(called.expert), tries)


MEASUREMENTS: dict[str, Callable[[Workshop], Measured]] = {
    "stat_to_video_p95": stat_to_video,
    "stat_actions_ward": actions_ward,
    "stat_actions_expert": actions_expert,
}
