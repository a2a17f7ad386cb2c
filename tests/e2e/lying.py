"""Text that could not be sent: what lies of it on this computer, and where a page offers it."""

from playwright.sync_api import Locator, Page

from tests.e2e.conftest import Person
from tests.e2e.still import settled

LYING = """() => new Promise((resolve, reject) => {
  const request = indexedDB.open('telemed-unsent')
  request.onerror = () => reject(request.error)
  request.onsuccess = () => {
    const all = request.result.transaction('entries').objectStore('entries').getAll()
    all.onsuccess = () => {
      request.result.close()
      const text = (bytes) => new TextDecoder().decode(bytes)
      resolve(all.result.map(({ data, iv, ...open }) => JSON.stringify(open) + text(data)))
    }
  }
})"""
NOTHING_LIES = f"async () => (await ({LYING})()).length === 0"
ONE_LIES = f"async () => (await ({LYING})()).length === 1"


def lying(page: Page) -> list[str]:
    """What is on this computer, as anybody could read it."""
    found: list[str] = page.evaluate(LYING)
    return found


def opened(person: Person, path: str) -> Page:
    person.page = person.context.new_page()
    person.page.on("pageerror", lambda error: person.complaints.append(str(error)))
    person.page.goto(path)
    settled(person.page)
    return person.page


def offer(page: Page, language: str = "zh-CN") -> Locator:
    words = {"zh-CN": "没有送到服务器", "en": "did not reach the server"}[language]
    return page.get_by_role("alert").filter(has_text=words)
