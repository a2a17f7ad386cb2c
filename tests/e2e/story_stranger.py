"""A doctor of another branch finds nothing of the story, neither pages nor data."""

import re
from uuid import uuid4

from playwright.sync_api import expect

from tests.e2e.story_side import Side

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
STUDY = re.compile(r"/studies/[0-9.]{10,}")
# Read by everybody who signs in: the pages themselves, and the hospitals' people, whose ids are no secret.
COMMON = re.compile(r"^/(?:assets/|api/(?:staff|departments|session|calendar|live)\b)")
# The part of image URLs that belongs to one sign-in.
OF_A_SIGN_IN = re.compile(r"^(/(?:dicomweb|imaging)/s/)[^/]+")
PAGES = ("rooms/{id}", "requests/{id}", "consultations/{id}/images", "consultations/{id}/upload",
         "consultations/{id}/booking", "consultations/{id}/opinion", "consultations/{id}")  # fmt: skip
LEAST = 12  # addresses; fewer would mean that requests were not recorded


def addresses_of(id: str, *sides: Side) -> list[str]:
    """What the two sides read of this consultation, its patient, its papers and its images."""
    asked = {each for side in sides for each in side.asked if not COMMON.match(each)}
    data = {each for each in asked if each.startswith(("/api/", "/dicomweb/", "/imaging/"))}
    named = sorted(each for each in data if STUDY.search(each) or UUID.search(each.partition("?")[0]))
    assert len(named) >= LEAST, named
    assert any(id in each for each in named)
    assert any(STUDY.search(each) for each in named)
    return named


def finds_nothing(jiashan: Side, id: str, addresses: list[str]) -> None:
    def status(address: str) -> int:
        return jiashan.context.request.get(address).status

    own: str = jiashan.get("/api/session")["dicomweb_url"].rpartition("/")[2]
    answers = {each: status(OF_A_SIGN_IN.sub(rf"\g<1>{own}", each)) for each in addresses}
    ticket = f"/api/rooms/{id}/ticket"
    headers = {"Origin": jiashan.origin}
    answers[ticket] = jiashan.context.request.post(ticket, data={"device": "page"}, headers=headers).status
    # A 403 for a role must not reveal anything: the answer is the same for an id that does not exist.
    for address in [each for each, found in answers.items() if found == 403 and id in each]:
        if status(address.replace(id, str(uuid4()))) == 403:
            del answers[address]
    told = {address: each for address, each in answers.items() if each != 404}
    assert told == {}, f"a stranger is told of {told}"
    foreign = [each for each in addresses if OF_A_SIGN_IN.match(each)]
    assert {status(each) for each in foreign} <= {401, 404}, "another sign-in's address of an image is good here"
    with jiashan.forgiving(404):
        for page in PAGES:
            jiashan.page.goto("/" + page.format(id=id))
            expect(jiashan.page.get_by_role("alert").filter(has_text="找不到这份记录")).to_be_visible()
        jiashan.picture("story_stranger")
