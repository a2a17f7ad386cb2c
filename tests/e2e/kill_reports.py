"""The load of `kills` at the reading desk: drafts, reports submitted and issued, addenda, critical findings."""

from itertools import count
from typing import Any
from uuid import uuid4

from tests.e2e.kill_load import Api, Load

STUDY = "经胸超声心动图"  # of Wuxi; nobody else asks for it


class Reports(Load):
    """One draft saved again and again, with a number that rises."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers = count(1)

    async def write(self, api: Api) -> None:
        if not self.place:
            self.place = (await api.ask("radiologist", "POST", "/readings/next"))["id"]
        path = f"/readings/{self.place}"
        await api.ask("radiologist", "POST", f"{path}/claim", {"reason": "继续书写"})
        report = (await api.ask("radiologist", "GET", path))["report"]
        version = report["version"] if report else 0
        for number in self._numbers:
            text = {"findings": str(number), "impression": "双肺未见异常。"}
            version = (await api.ask("radiologist", "PUT", f"{path}/report", text, version))["version"]
            self.note(number)

    async def missing(self, api: Api, facts: list[Any]) -> list[str]:
        """The last save holds those before it; one that was not acknowledged may have come after."""
        if not facts:
            return []
        report = (await api.ask("radiologist", "GET", f"/readings/{self.place}"))["report"]
        kept = int(report["findings"] or 0) if report else 0
        return [f"report {number}" for number in facts if number > kept]


class Addenda(Load):
    """Signed additions to an issued report, each with its own text."""

    async def write(self, api: Api) -> None:
        if not self.place:
            found = (await api.ask("radiologist2", "GET", "/discrepancies"))["items"]
            self.place = found[0]["reading_id"]
        path = f"/readings/{self.place}"
        reading = await api.ask("radiologist2", "GET", path)
        while True:
            text = uuid4().hex
            body = {"kind": "addition", "text": text}
            reading = await api.ask("radiologist2", "POST", f"{path}/addendum", body, reading["version"])
            self.note(text)

    async def missing(self, api: Api, facts: list[Any]) -> list[str]:
        """It is there, and its text is the one whose hash was kept."""
        if not facts:
            return []
        report = (await api.ask("radiologist2", "GET", f"/readings/{self.place}"))["report"]
        kept = {each["text"] for each in report["addenda"] if not each["damaged"]}
        return [f"addendum {text}" for text in facts if text not in kept]


class Signatures(Load):
    """A study requested anew each time, its report submitted by a trainee and issued by a chief: both are noted."""

    async def write(self, api: Api) -> None:
        if not self.place:
            held = (await api.ask("wuxi.radiographer", "GET", "/studies?state=confirmed"))["items"]
            self.place = next(each["id"] for each in held if each["description"] == STUDY)
        await self._withdraw_left(api)
        while True:
            asked = {"hub_id": "ruijin", "urgency": "routine", "part": "heart", "question": "左室收缩功能？"}
            made = await api.ask("wuxi.doctor", "POST", "/readings", asked | {"study_id": self.place})
            path, text = f"/readings/{made['id']}", {"findings": uuid4().hex, "impression": "心功能正常。"}
            await api.ask("trainee", "POST", f"{path}/claim", {"reason": "教学"})
            saved = await api.ask("trainee", "PUT", f"{path}/report", text, 0)
            found = await api.ask("trainee", "GET", path)
            handed_in = {"report_version": saved["version"]}
            found = await api.ask("trainee", "POST", f"{path}/submit", handed_in, found["version"])
            self.note(("submitted", made["id"], text["findings"]), enough=False)
            await api.ask("radiologist2", "POST", f"{path}/issue", text, found["version"])
            self.note(("issued", made["id"], text["findings"]))

    async def _withdraw_left(self, api: Api) -> None:
        """What a kill has left half done, so that the study can be requested again."""
        for each in (await api.ask("wuxi.doctor", "GET", "/readings?show=open"))["items"]:
            if each["examination"] == STUDY:
                path, why = f"/readings/{each['id']}/withdraw", {"reason": "重新申请"}
                await api.ask("wuxi.doctor", "POST", path, why, each["version"])

    async def missing(self, api: Api, facts: list[Any]) -> list[str]:
        """Each is there with its text, and was submitted and issued once."""
        out = []
        for what, id, text in facts:
            row = await api.ask("radiologist2", "GET", f"/readings/{id}")
            told = [each["kind"] for each in (await api.ask("radiologist2", "GET", f"/readings/{id}/history"))["items"]]
            report = row["report"]
            kept = report["submitted"]["findings"] if what == "submitted" else report["findings"]
            known = row["state"] == "issued" or what == "submitted"
            if not known or report["damaged"] or kept != text or told.count(what) != 1:
                out.append(f"{what} {id}")
        return out


class ReadBacks(Load):
    """Critical findings, each read back by a doctor of the branch and then withdrawn as a mistake."""

    async def write(self, api: Api) -> None:
        if not self.place:
            waiting = (await api.ask("radiologist2", "GET", "/readings?show=to_read&branch=wuxi"))["items"]
            self.place = waiting[-1]["id"]
        while True:
            said = {"finding": f"血肿 {uuid4().hex}", "value": "12", "unit": "mm"}
            made = await api.ask("radiologist2", "POST", f"/readings/{self.place}/critical-findings", said)
            path = f"/critical-findings/{made['id']}"
            made = await api.ask("wuxi.doctor", "POST", f"{path}/read-back", {"value": "12"}, made["version"])
            assert made["state"] == "read_back"
            self.note(made["id"])
            why = {"reason": "误报"}
            await api.ask("radiologist2", "POST", f"{path}/withdraw", why, made["version"])

    async def missing(self, api: Api, facts: list[Any]) -> list[str]:
        """It was heard once, and rightly; whether it was withdrawn since does not matter."""
        out = []
        for id in facts:
            found = await api.ask("radiologist2", "GET", f"/critical-findings/{id}")
            heard = [(each["heard"], each["correct"]) for each in found["told"]]
            if heard != [("12", True)] or found["read_back_at"] is None:
                out.append(f"read-back {id}")
        return out
