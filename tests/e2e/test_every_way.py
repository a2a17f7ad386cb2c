"""Each way is looked at, each that fails is said, and what a failure left behind does not reach the next."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route

from tests.e2e import every_way as ways
from tests.e2e.conftest import Person
from tests.e2e.every_way import every_way

PAGE = """<!doctype html><html lang="zh-CN"><style>@font-face { font-family: ours; src: local(ours) }</style>
<main>page <input></main><button aria-label="切换到英文 中 / EN">中 / EN</button><script>
document.querySelector('button').onclick = async ({ target }) => {
  const english = document.documentElement.lang === 'en'
  document.documentElement.lang = english ? 'zh-CN' : 'en'
  target.setAttribute('aria-label', `${english ? '切换到英文' : 'Switch to Chinese'} 中 / EN`)
  await fetch('/api/session', { method: 'PATCH' })
}</script></html>"""
ORDER = [("zh-CN", 1366), ("en", 1366), ("en", 360), ("zh-CN", 360)]


@pytest.fixture
def loads() -> list[str]:
    """Of the page, in their order."""
    return []


@pytest.fixture
def person(chromium: Browser, loads: list[str]) -> Iterator[Person]:
    context = chromium.new_context(viewport={"width": 1366, "height": 768})

    def answer(route: Route) -> None:
        if route.request.method == "GET":
            loads.append(route.request.url)
        route.fulfill(content_type="text/html; charset=utf-8", body=PAGE)

    context.route("**/*", answer)
    here = Person("somebody", context, context.new_page())
    here.page.goto("http://hospital.test/page")
    loads.clear()
    yield here
    context.close()


def stands(person: Person) -> tuple[str | None, int]:
    return person.page.locator("html").get_attribute("lang"), person.page.evaluate("innerWidth")


@pytest.fixture(autouse=True)
def loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in `make test`."""
    monkeypatch.setattr(ways, "EACH_ANEW", False)


def test_a_page_is_turned_to_each_language_and_width_without_a_load(person: Person, loads: list[str]) -> None:
    seen = []

    def look(here: Person, language: str, width: int) -> None:
        assert stands(here) == (language, width)
        assert here.page.locator("input").input_value() == "reached in zh-CN"
        seen.append((language, width))

    every_way(person, look, reach=lambda here, language: here.page.fill("input", f"reached in {language}"))
    assert seen == ORDER
    assert loads == []


def test_all_are_tried_and_each_that_fails_is_said(person: Person, loads: list[str]) -> None:
    def look(here: Person, language: str, width: int) -> None:
        assert here.page.locator("input").input_value() == "reached"
        here.page.fill("input", "")  # not undone where it fails
        assert (language, width) in (ORDER[0], ORDER[3]), "too wide"
        here.page.fill("input", "reached")

    with pytest.raises(AssertionError) as failure:
        every_way(person, look, reach=lambda here, language: here.page.fill("input", "reached"))
    first, second = [line for line in str(failure.value).splitlines() if "too wide" in line]
    assert first.startswith("http://hospital.test/page en 1366: too wide")
    assert second.startswith("http://hospital.test/page en 360: too wide")
    assert len(loads) == 2


def test_by_make_full_each_way_is_loaded_anew(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    came: list[tuple[object, ...]] = []
    reached: list[str] = []

    def again(**how: object) -> Person:
        came.append((how["path"], how["language"], how["width"], how["height"]))
        return person

    monkeypatch.setattr(ways, "EACH_ANEW", True)
    monkeypatch.setattr(person, "again", again)
    every_way(person, lambda *_: None, reach=lambda _, language: reached.append(language))
    assert came == [("http://hospital.test/page", language, width, 768) for language, width in ORDER[1:]]
    assert reached == [language for language, _ in ORDER]
