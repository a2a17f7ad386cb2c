"""A page in both languages and on both screens: loaded once and turned, or loaded anew each time by `make full`.

What depends on how a page is loaded (a phone with touch, a sign-in, `?lang=`) is not turned: it is loaded so.
"""

import os
from collections.abc import Callable

from playwright.sync_api import Error, Page, Response, expect

from tests.e2e.conftest import Person
from tests.e2e.looks import findings, small_targets, squeezed
from tests.e2e.still import settled

LANGUAGES = ("zh-CN", "en")
WIDTHS = (1366, 360)
EACH_ANEW = os.environ.get("TELEMED_FULL") == "1"
# In each language, what says that the other one can be had.
SWITCH = {"zh-CN": "切换到英文 中 / EN", "en": "Switch to Chinese 中 / EN"}

Reach = Callable[[Person, str], None]
Look = Callable[[Person, str, int], None]


def every_way(
    person: Person, look: Look, *, reach: Reach | None = None, widths: tuple[int, ...] = WIDTHS, height: int = 768
) -> None:
    """Looks at the page where `person` stands in each language at each width. All are tried, and each that fails said.

    `reach` does what is done once after a load (a list unfolded) and stays while the page is turned. `look` checks and
    leaves the page as it found it. Begins with the way in which the page stands, and leaves the page in the last.
    """
    settled(person.page)  # from then on it says which language it speaks
    url, here = person.page.url, person
    reached, whole = False, True
    failed: list[str] = []
    why: Exception | None = None
    for n, (language, width) in enumerate(_in_turn(person.page, widths)):
        try:
            if n and EACH_ANEW:
                here, reached = _again(person, url, language, width, height), False
            elif not whole:
                here.page.goto(url)
                reached = False
            whole = False
            turn(here.page, language, width, height)
            if reach and not reached:
                reach(here, language)
            reached = True
            settled(here.page)
            look(here, language, width)
            whole = True
        except (AssertionError, Error) as error:
            failed.append(f"{here.page.url} {language} {width}: {error}")
            why = why or error
    if failed:
        raise AssertionError("\n".join(failed)) from why


def _in_turn(page: Page, widths: tuple[int, ...]) -> list[tuple[str, int]]:
    """All ways, from the one in which the page stands; from one to the next one thing changes."""
    spoken, size = page.locator("html").get_attribute("lang"), page.viewport_size
    languages = sorted(LANGUAGES, key=lambda each: each != spoken)
    sizes = sorted(widths, key=lambda each: size is not None and each != size["width"])
    return [(language, width) for n, width in enumerate(sizes) for language in languages[:: -1 if n % 2 else 1]]


def _again(person: Person, url: str, language: str, width: int, height: int) -> Person:
    assert person.again is not None
    return person.again(path=url, language=language, width=width, height=height)


def turn(page: Page, language: str, width: int, height: int) -> None:
    """To this language by the page's own switch, and to this size; in sight is what is of a page that was loaded."""
    page.set_viewport_size({"width": width, "height": height})
    if page.locator("html").get_attribute("lang") != language:
        speak(page, language)
    page.mouse.move(0, 0)  # the colour of what is pointed at is another
    page.evaluate("scrollTo(0, 0)")


def speak(page: Page, language: str) -> None:
    """By the page's own switch; the account has kept it when this returns."""
    with page.expect_response(_keeps):
        page.get_by_role("button", name="中 / EN").click()
    expect(page.get_by_role("button", name="中 / EN")).to_have_accessible_name(SWITCH[language])


def _keeps(response: Response) -> bool:
    return response.request.method == "PATCH" and response.url.endswith("/api/session")


def looks_right(name: str) -> Look:
    """A look that keeps a picture of the page, and finds nothing that somebody could not read or press."""

    def look(person: Person, language: str, width: int) -> None:
        person.shot(f"{name}_{width}", language)
        page = person.page
        wrong = [*findings(page), *squeezed(page), *small_targets(page)]
        assert not wrong, wrong

    return look
