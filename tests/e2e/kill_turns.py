"""The load of `kills` on a reading's way to and fro: returned for its images, taken back, revised, issued by one."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from tests.e2e.kill_load import Api, Load

STUDY = "全身骨显像"  # of Wuxi; nobody else asks for it
WORKING_DAYS = 5
STEPS = ("returned", "resent", "taken_back", "revision_asked", "issued_alone")
BRANCH, RADIOGRAPHER, AUTHOR, CHIEF = "wuxi.doctor", "wuxi.radiographer", "radiologist", "radiologist2"
# Who is asked for what while it stands so: the state and the work are written together or not at all.
WAITS_FOR = {
    "returned": (BRANCH, "send_again"),
    "assigned": (AUTHOR, "read"),
    "claimed": (AUTHOR, "read"),
    "written": (CHIEF, "review_report"),
    "provisional": (CHIEF, "review_report"),
}


class Turns(Load):
    """One reading after another goes all ways back before it is issued; each step is noted."""

    def __init__(self) -> None:
        super().__init__()
        self.waits_for = ""  # the step after which the kill may come; any, if it is empty
        self._study = ""

    def _did(self, step: str, words: str = "") -> None:
        self.note((step, self.place, words), enough=self.waits_for in ("", step))

    async def write(self, api: Api) -> None:
        await _close_the_hub(api)
        if not self._study:
            held = (await api.ask(RADIOGRAPHER, "GET", "/studies?state=confirmed"))["items"]
            self._study = next(each["id"] for each in held if each["description"] == STUDY)
        left = (await api.ask(BRANCH, "GET", "/readings?show=open"))["items"]
        begun = next((each for each in left if each["examination"] == STUDY), None)
        while True:
            if begun is None:
                begun = await self._asked(api)
                await self._return(api, begun)
            await self._write_on(api, begun["id"])
            begun = None

    async def _asked(self, api: Api) -> Any:
        asked = {"hub_id": "ruijin", "urgency": "urgent", "part": "whole_body", "question": "有无骨转移？"}
        made = await api.ask(BRANCH, "POST", "/readings", asked | {"study_id": self._study})
        self.place = made["id"]
        return made

    async def _return(self, api: Api, reading: Any) -> None:
        """For bad images, to the radiographer, who sends it again."""
        path, words = f"/readings/{self.place}", uuid4().hex
        row = await api.ask(CHIEF, "POST", f"{path}/claim", {"reason": "先看图像"})
        row = await api.ask(CHIEF, "POST", f"{path}/return", {"code": "quality", "words": words}, row["version"])
        self._did("returned", words)
        await api.ask(RADIOGRAPHER, "POST", f"{path}/resend", {}, row["version"])
        self._did("resent")

    async def _write_on(self, api: Api, id: str) -> None:
        """From wherever it stands: after a kill it is written on."""
        self.place, path = id, f"/readings/{id}"
        row = await api.ask(BRANCH, "GET", path)
        if row["state"] == "returned":
            row = await api.ask(RADIOGRAPHER, "POST", f"{path}/resend", {}, row["version"])
            self._did("resent")
        if row["state"] != "written":
            row = await self._submitted(api)
        await api.ask(AUTHOR, "POST", f"{path}/take-back", None, row["version"])
        self._did("taken_back")
        row, words = await self._submitted(api), uuid4().hex
        await api.ask(CHIEF, "POST", f"{path}/revise", {"reason": words}, row["version"])
        self._did("revision_asked", words)
        row, version, text = await self._saved(api)
        await api.ask(AUTHOR, "POST", f"{path}/issue-alone", {"report_version": version}, row["version"])
        self._did("issued_alone", text)

    async def _saved(self, api: Api) -> tuple[Any, int, str]:
        """The reading, claimed by its author; the report's version and its text."""
        path, text = f"/readings/{self.place}", uuid4().hex
        row = await api.ask(AUTHOR, "POST", f"{path}/claim", {"reason": "继续书写"})
        version = row["report"]["version"] if row["report"] else 0
        body = {"findings": text, "impression": "未见明确骨转移。"}
        saved = await api.ask(AUTHOR, "PUT", f"{path}/report", body, version)
        return row, saved["version"], text

    async def _submitted(self, api: Api) -> Any:
        row, version, _ = await self._saved(api)
        return await api.ask(
            AUTHOR, "POST", f"/readings/{self.place}/submit", {"report_version": version}, row["version"]
        )

    async def missing(self, api: Api, facts: list[Any]) -> list[str]:
        """Each step is in the history once, with its words; what was signed is there; and nothing is half done."""
        out = []
        for id in dict.fromkeys(id for _, id, _ in facts):
            told = (await api.ask(CHIEF, "GET", f"/readings/{id}/history"))["items"]
            kept = Counter((each["kind"], each["reason"]) for each in told)
            mine = [(what, words) for what, of, words in facts if of == id]
            out += [f"{what} {id}" for what, words in mine if what != "issued_alone" and not kept[what, words]]
            out += [f"{what} {id} twice" for what, words in mine if words and kept[what, words] > 1]
            out += [
                f"issued_alone {id}"
                for what, words in mine
                if what == "issued_alone" and not await _signed(api, id, words)
            ]
        return out + (await _half_done(api, self.place) if facts else [])


async def _signed(api: Api, id: str, text: str) -> bool:
    """The branch has what was signed, whole, and it was issued once."""
    row = await api.ask(BRANCH, "GET", f"/readings/{id}")
    told = [each["kind"] for each in (await api.ask(BRANCH, "GET", f"/readings/{id}/history"))["items"]]
    report = row["report"]
    return (
        row["state"] == "provisional"
        and report["findings"] == text
        and not report["damaged"]
        and (told.count("issued_alone") == 1)
    )


async def _half_done(api: Api, id: str) -> list[str]:
    """A state without the work that belongs to it, or a text that the branch sees before it is signed."""
    row = await api.ask(BRANCH, "GET", f"/readings/{id}")
    out = [f"{id} seen before it is signed"] if row["report"] and row["state"] != "provisional" else []
    who, kind = WAITS_FOR.get(row["state"], ("", ""))
    if who:
        waiting = (await api.ask(who, "GET", f"/home/work?kinds={kind}&most=400"))["items"]
        out += [] if any(each["activity_id"] == id for each in waiting) else [f"{id} {row['state']} asks nobody"]
    return out


async def _close_the_hub(api: Api) -> None:
    """One signature is enough out of hours: it works on one day that is neither today nor tomorrow."""
    today = datetime.now(ZoneInfo("Asia/Shanghai"))
    hours = (await api.ask("admin", "GET", f"/admin/calendar?year={today.year}"))["hours"]
    near = {today.weekday(), (today + timedelta(days=1)).weekday()}
    day = next(each for each in range(WORKING_DAYS) if each not in near)
    week = ["08:00-17:30" if each == day else "" for each in range(7)]
    if hours["week"] != week or not hours["single_signature"]:
        new = {"starts": hours["starts"], "ends": hours["ends"], "week": week, "single_signature": True}
        await api.ask("admin", "PUT", "/admin/calendar/hours", new, hours["version"])
