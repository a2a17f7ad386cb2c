"""The load of `kills` at the reading desk: a report's draft saved again and again, and signed addenda."""

from itertools import count
from typing import Any
from uuid import uuid4

from tests.e2e.kill_load import Api, Load


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
