"""The chat of a room as a person uses it."""

import re

from playwright.sync_api import Locator, expect

from tests.e2e.conftest import Person
from tests.e2e.in_room import controls


def open_chat(person: Person) -> None:
    """Whatever has not been read."""
    controls(person).get_by_role("button", name=re.compile("^聊天")).click()
    expect(lines(person)).to_be_visible()


def lines(person: Person) -> Locator:
    return person.page.get_by_role("log")


def write(person: Person, words: str) -> None:
    box = person.page.get_by_role("textbox", name="写给会诊室里的所有人")
    box.fill(words)
    box.press("Enter")
