"""The answer to what rings stands where it stands from the first moment on: what is pressed must not have moved."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Arrive
from tests.e2e.emergency import another_call, band, call_off
from tests.e2e.in_room import at_home
from tests.e2e.still import settled

pytestmark = pytest.mark.usefixtures("calling")

# Every place at which the answer was painted, and where the page stood that it was on.
PLACES = """
(() => {
  const places = (window.__places = [])
  const look = () => {
    const buttons = [...document.querySelectorAll('[data-rings] button')]
    const answer = buttons.find(({ textContent }) => textContent.startsWith('接入'))
    if (answer) {
      const { x, y } = answer.getBoundingClientRect()
      const place = `${Math.round(x)},${Math.round(y)}`
      if (places.at(-1) !== place) places.push(place)
    }
    requestAnimationFrame(look)
  }
  look()
})()
"""


def test_the_answer_to_a_ring_stays_where_it_first_was(arrive: Arrive) -> None:
    expert, caller = at_home(arrive, "expert"), arrive("jiashan.doctor")
    expert.page.add_init_script(PLACES)
    expert.page.reload()
    expect(expert.page.get_by_role("heading", name="待我处理")).to_be_visible()
    settled(expert.page)
    called = another_call(caller)
    expect(band(expert)).to_have_attribute("data-rings", "true")
    settled(expert.page)
    places = expert.page.evaluate("() => window.__places")
    call_off(caller, called)
    assert len(places) == 1, places
