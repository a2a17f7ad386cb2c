"""Steps 5 and 6: both join, see and hear each other, and look at the same place of the same image."""

import base64
import re
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Locator, Page, expect
from pydicom import dcmread

from tests.e2e import in_room
from tests.e2e.story_side import Side

# What is drawn is on the screen after the next frame but one.
PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
SMALL = (96, 96)
ALIKE = 0.995  # of two paintings by the same code
LIKE_THE_FILE = 0.97  # of a painting and the file's own pixels, scaled by another hand
NEAR = 3.0  # pixels


def doctor_waits(wuxi: Side, id: str) -> None:
    """One press on the case page; the lead is not here yet."""
    wuxi.page.goto(f"/consultations/{id}")
    wuxi.press(re.compile("^进入"))
    wuxi.page.wait_for_url(f"**/rooms/{id}")
    expect(wuxi.page.get_by_text("随后您自动进入")).to_be_visible()
    expect(wuxi.page.get_by_text("全部通过，可以加入")).to_be_visible()
    expect(room(wuxi.page)).not_to_be_visible()
    wuxi.picture("story_waiting")


def expert_joins(ruijin: Side, id: str, *, rival: bool = True) -> None:
    """From home to live video: who waits stands first; `rival`, which begins earlier, beside it."""
    ruijin.page.goto("/")
    coming = ruijin.page.get_by_role("region", name="下一场会诊", exact=True)
    ours = coming.filter(has=ruijin.page.locator(f'a[href="/consultations/{id}"]'))
    expect(ours.get_by_text("对方已在等候")).to_be_visible()
    expect(coming.first.get_by_role("link")).to_have_attribute("href", f"/consultations/{id}")
    if rival:
        rivals = ruijin.page.get_by_role("region", name="今日其他会诊").get_by_role("listitem")
        expect(rivals.first).to_be_visible()
        ruijin.picture("story_home_rival")
    with ruijin.counted("clicks_expert_join"):
        ruijin.press(re.compile("^进入"), within=ours)
        ruijin.page.wait_for_url(f"**/rooms/{id}")
        expect(room(ruijin.page)).to_be_visible()
        decodes(ruijin)


def both_talk(wuxi: Side, ruijin: Side, id: str) -> None:
    expect(room(wuxi.page)).to_be_visible()
    for side in (wuxi, ruijin):
        decodes(side, decodes(side))
        expect(side.page.get_by_text("会诊中", exact=False).first).to_be_visible()
    assert wuxi.get(f"/api/consultations/{id}")["state"] == "in_progress"


def room(page: Page) -> Locator:
    return page.get_by_role("main", name="线上会诊室").or_(page.get_by_role("main", name="Consultation room"))


def decodes(side: Side, more_than: int = 0) -> int:
    return in_room.decodes(side, more_than)


def host(page: Page) -> Locator:
    return page.locator(".vw")


def look_together(wuxi: Side, ruijin: Side, files: Path) -> None:
    """The expert presents: series, slice, window, zoom and pointer stand on the doctor's screen too."""
    for side in (wuxi, ruijin):
        expect(host(side.page)).to_have_attribute("data-state", "painted")
    expect(wuxi.page.get_by_text(re.compile("演示：柳春分"))).to_be_visible()
    stage = ruijin.page.locator(".vw-stage")
    stage.hover()
    began = seen(ruijin.page)
    ruijin.page.mouse.wheel(0, 700)
    expect(host(ruijin.page)).not_to_have_attribute("data-sop", began)
    stage.focus()
    ruijin.page.keyboard.press("3")  # the mediastinal window
    ruijin.page.keyboard.press("+")
    same_image(wuxi.page, ruijin.page)
    same_window(wuxi.page, ruijin.page)
    pointer_is_near(wuxi.page, ruijin.page)
    ruijin.picture("story_room_expert")
    wuxi.picture("story_room_doctor")
    ruijin.page.keyboard.press("r")
    ruijin.page.keyboard.press("3")
    same_image(wuxi.page, ruijin.page)
    is_of_the_file(wuxi, files)
    other_takes_over(wuxi, ruijin)


def seen(page: Page) -> str:
    return host(page).get_attribute("data-sop") or ""


def same_image(follower: Page, presenter: Page) -> None:
    """Not only by name: what is painted is alike, and is no empty canvas."""
    presenter.evaluate(PAINTED)  # the last key may not be on the screen yet
    for word in ("data-sop", "data-frame"):
        value = host(presenter).get_attribute(word)
        assert value
        expect(host(follower)).to_have_attribute(word, value)
    for page in (follower, presenter):
        expect(host(page)).to_have_attribute("data-state", "painted")
    for words in (".vw-size", ".vw-how"):  # zoom; window and place: the last change is on its way
        follower.wait_for_function(
            "([place, words]) => document.querySelector(place)?.textContent === words",
            arg=[words, presenter.locator(words).text_content()],
        )
    follower.evaluate(PAINTED)
    theirs, mine = grey(canvas(follower)), grey(canvas(presenter))
    assert min(theirs.std(), mine.std()) > 10, "an empty canvas"
    likeness = alike(theirs, mine)
    assert likeness > ALIKE, f"the follower's canvas is something else: {likeness:.4f}"


def same_window(follower: Page, presenter: Page) -> None:
    words = re.search(r"WW \d+\s+WL -?\d+", presenter.locator(".vw-how").inner_text())
    assert words
    expect(follower.locator(".vw-how")).to_contain_text(words.group())


def canvas(page: Page) -> Image.Image:
    url: str = page.evaluate("document.querySelector('.vw-stage canvas').toDataURL('image/png')")
    return Image.open(BytesIO(base64.b64decode(url.split(",", 1)[1])))


def grey(image: Image.Image) -> np.ndarray:
    return np.asarray(image.convert("L").resize(SMALL, Image.Resampling.BOX), dtype=float)


def alike(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])


def is_of_the_file(side: Side, files: Path) -> None:
    """The follower's canvas shows the pixels of that very file, not merely of its name."""
    sop = seen(side.page)
    found = {ds.SOPInstanceUID: ds for ds in map(dcmread, sorted(files.glob("IM*")))}
    assert len(found) == side.papers.slices
    shown = canvas(side.page)
    likeness = {uid: alike(grey(painted(ds.pixel_array, shown.size)), grey(shown)) for uid, ds in found.items()}
    assert likeness[sop] > LIKE_THE_FILE, f"not a rendering of its file: {likeness[sop]:.4f}"
    assert max(likeness, key=lambda uid: likeness[uid]) == sop, "it looks more like another slice"


def painted(pixels: np.ndarray, size: tuple[int, int]) -> Image.Image:
    """A stored slice in the mediastinal window (350, 50), fitted into a stage of this size."""
    greys = np.clip((pixels.astype(float) - 1024 - (50 - 175)) / 350 * 255, 0, 255).astype("uint8")
    edge = min(size)
    fitted = Image.fromarray(greys).resize((edge, edge), Image.Resampling.BILINEAR)
    stage = Image.new("L", size)
    stage.paste(fitted, ((size[0] - edge) // 2, (size[1] - edge) // 2))
    return stage


def pointer_is_near(follower: Page, presenter: Page) -> None:
    """Where the presenter's hand is, the follower sees the pointer: both stages are of one size and show one view."""
    hand, theirs = (page.locator(".vw-stage").bounding_box() for page in (presenter, follower))
    assert hand
    assert theirs
    assert (hand["width"], hand["height"]) == (theirs["width"], theirs["height"])
    for across, down in ((0.5, 0.5), (0.37, 0.42), (0.61, 0.58)):
        x, y = round(hand["width"] * across), round(hand["height"] * down)
        presenter.mouse.move(hand["x"] + x, hand["y"] + y)
        follower.wait_for_function(
            """([x, y, near]) => {
              const pointer = document.querySelector('.vw-pointer')?.dataset
              return pointer && Math.hypot(pointer.x - x, pointer.y - y) <= near
            }""",
            arg=[x, y, NEAR],
        )
    expect(follower.locator(".vw-pointer text")).to_contain_text("柳春分")


def other_takes_over(wuxi: Side, ruijin: Side) -> None:
    wuxi.page.get_by_role("button", name="申请演示").click()
    expect(ruijin.page.get_by_text(re.compile("演示：叶夏至"))).to_be_visible()
    wuxi.page.locator(".vw-stage").hover()
    was = seen(wuxi.page)
    wuxi.page.mouse.wheel(0, -300)
    expect(host(wuxi.page)).not_to_have_attribute("data-sop", was)
    same_image(ruijin.page, wuxi.page)
    ruijin.page.get_by_role("button", name="申请演示").click()
    expect(wuxi.page.get_by_text(re.compile("演示：柳春分"))).to_be_visible()


def talk_in_writing(wuxi: Side, ruijin: Side) -> None:
    for side in (wuxi, ruijin):
        controls = side.page.get_by_role("toolbar", name="通话控制")
        controls.get_by_role("button", name=re.compile("^聊天")).click()
    for side, other, words in ((ruijin, wuxi, "左室射血分数多少？"), (wuxi, ruijin, "今晨 46 %。")):
        box = side.page.get_by_role("textbox", name="写给会诊室里的所有人")
        box.fill(words)
        box.press("Enter")
        expect(other.page.get_by_role("log").get_by_text(words)).to_be_visible()
