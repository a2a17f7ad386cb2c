"""The shared image in two browsers: when the hand moved in one, and when the screen showed it in the other."""

import statistics

from playwright.sync_api import Locator, Page


def stage(page: Page) -> Locator:
    return page.locator("[data-sop]").first


def complete(page: Page) -> None:
    """Every frame is here, so that what is measured is the way and not the loading."""
    page.wait_for_function(
        """() => {
          const ready = document.querySelector('[data-ready]')?.dataset.ready?.split('/')
          return ready && ready[0] === ready[1] && document.querySelector('[data-state=painted]')
        }""",
        timeout=60_000,
    )


def watch(sender: Page, receiver: Page) -> None:
    """Both pages note when: one what the hand did, the other what stood on the screen. They share a clock."""
    sender.evaluate(
        """() => {
          window.__did = { pointer: 0, view: 0 }
          const now = () => performance.timeOrigin + performance.now()
          addEventListener('pointermove', () => { window.__did.pointer = now() }, true)
          addEventListener('wheel', () => { window.__did.view = now() }, true)
        }"""
    )
    receiver.evaluate(
        """() => {
          window.__saw = { pointer: 0, view: 0 }
          const now = () => performance.timeOrigin + performance.now()
          const host = document.querySelector('[data-sop]')
          let [sop, place] = [host.dataset.sop, '']
          new MutationObserver(() => {
            if (host.dataset.sop !== undefined && host.dataset.sop !== sop) {
              sop = host.dataset.sop
              window.__saw.view = now()
            }
            const { x = '', y = '' } = host.querySelector('.vw-pointer')?.dataset ?? {}
            if (`${x} ${y}` !== place) {
              place = `${x} ${y}`
              window.__saw.pointer = now()
            }
          }).observe(host, { subtree: true, childList: true, attributes: true })
        }"""
    )


def arrival(sender: Page, receiver: Page, what: str) -> float:
    did: float = sender.evaluate("(what) => window.__did[what]", what)
    receiver.wait_for_function("([what, since]) => window.__saw[what] > since", arg=[what, did])
    saw: float = receiver.evaluate("(what) => window.__saw[what]", what)
    return saw - did


def told(times: list[float]) -> str:
    return f"median {statistics.median(times):.0f} ms, worst {max(times):.0f} ms of {len(times)}"
