"""Finds a patient on a FHIR R4 server: no redirects, no proxies, limited answers, within seconds."""

import asyncio
from collections.abc import Mapping
from time import monotonic
from typing import Any, Final

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from pydantic_core import from_json

from telemed.kit.lookup import resolved
from telemed.people.ports import PatientData
from telemed.sources.adapter import Part, Setting
from telemed.sources.faults import Failed
from telemed.sources.fhir_read import Answers, has_any, patient_of, sole_patient, subjects, with_resource
from telemed.sources.model import Fault, SystemKind
from telemed.sources.reach import Reach
from telemed.sources.rules import address_of

LONGEST: Final = 2 * 1024 * 1024  # bytes of one answer
SHARE: Final = 0.85  # of the patience, after which a part is left out
COUNT: Final = {"_count": "100"}
NEWEST: Final = {**COUNT, "_sort": "-date"}
# By part: what is searched, and how besides by patient.
SEARCHES: Final[dict[str, tuple[str, dict[str, str]]]] = {
    "admission": ("Encounter", {**COUNT, "status": "in-progress"}),
    "allergy": ("AllergyIntolerance", COUNT),
    "vitals": ("Observation", {**NEWEST, "category": "vital-signs"}),
    "tests": ("Observation", {**NEWEST, "category": "laboratory"}),
    "orders": ("MedicationRequest", {**COUNT, "status": "active"}),
}


class Fhir:
    """Implements Adapter."""

    def __init__(self, setting: Setting, reach: Reach, patience: float) -> None:
        self._setting, self._reach, self._patience = setting, reach, patience

    async def find(self, number: str) -> PatientData | None:
        until = monotonic() + self._patience * SHARE
        async with await self._client() as client:
            who = await self._who(client, number.strip(), until)
            if who is None:
                return None
            person = await asyncio.to_thread(sole_patient, self._setting, number, who)
            answers = await asyncio.gather(*(self._part(client, each, str(person.id), until) for each in SEARCHES))
        read = Answers(who, dict(zip(SEARCHES, answers, strict=True)))
        return await asyncio.to_thread(patient_of, self._setting, number, read)  # may take a tenth of a second

    async def parts(self) -> list[Part]:
        """Counts each kind of resource, which says nothing of a patient."""
        until = monotonic() + self._patience * SHARE
        kinds = {"patient": "Patient"} | {part: kind for part, (kind, _) in SEARCHES.items()}
        async with await self._client() as client:
            answers = await asyncio.gather(
                *(self._asked(client, kind, {"_summary": "count"}, until) for kind in kinds.values()),
                return_exceptions=True,
            )
        found = []
        for part, answer in zip(kinds, answers, strict=True):
            if isinstance(answer, BaseException) and not isinstance(answer, Failed):
                raise answer
            found.append(Part(part, answer.fault if isinstance(answer, Failed) else None))
        if all(each.why in (Fault.away, Fault.slow, Fault.refused) for each in found):
            raise Failed(found[0].why or Fault.away)
        return found

    async def close(self) -> None:
        """Nothing is kept between look-ups."""

    async def _client(self) -> aiohttp.ClientSession:
        at = address_of(SystemKind.fhir, self._setting.address)
        checked = _Checked(await self._reach.resolve(at, self._setting.hospital_id))
        connector = aiohttp.TCPConnector(resolver=checked, use_dns_cache=False)
        headers = {"Accept": "application/fhir+json"}
        if self._setting.account:
            headers["Authorization"] = aiohttp.encode_basic_auth(
                self._setting.account, self._setting.secret, encoding="utf-8"
            )
        elif self._setting.secret:
            headers["Authorization"] = f"Bearer {self._setting.secret}"
        return aiohttp.ClientSession(
            connector=connector, headers=headers, cookie_jar=aiohttp.DummyCookieJar(), trust_env=False
        )

    async def _who(self, client: aiohttp.ClientSession, number: str, until: float) -> Any:
        """The answer that names the patient: by the patient's numbers, or else by a stay's.

        A server need not follow `_include`; then the stay's patient is read.
        """
        system = self._setting.mapping.get("number_system", "")
        wanted = {"identifier": f"{system}|{number}" if system else number} | COUNT
        found = await self._asked(client, "Patient", wanted, until)
        if has_any(found):
            return found
        found = await self._asked(client, "Encounter", wanted | {"_include": "Encounter:subject"}, until)
        if has_any(found):
            return found
        whose = subjects(found)
        if len(whose) > 1:
            raise Failed(Fault.two_patients)
        return with_resource(found, await self._asked(client, f"Patient/{whose[0]}", {}, until)) if whose else None

    async def _part(self, client: aiohttp.ClientSession, part: str, patient_id: str, until: float) -> Any:
        """The answer, or why there is none."""
        kind, how = SEARCHES[part]
        try:
            return await self._asked(client, kind, how | {"patient": patient_id}, until)
        except Failed as failure:
            return failure.fault

    async def _asked(self, client: aiohttp.ClientSession, what: str, how: Mapping[str, str], until: float) -> Any:
        """A search, or the read of one resource."""
        try:
            async with asyncio.timeout(max(0.0, until - monotonic())):
                body = await self._body(client, f"{self._setting.address.rstrip('/')}/{what}", how)
        except TimeoutError:
            raise Failed(Fault.slow) from None
        except (aiohttp.ClientError, OSError) as failure:
            raise Failed(Fault.away) from failure
        try:
            return from_json(body.decode())
        except UnicodeDecodeError:
            raise Failed(Fault.encoding) from None
        except ValueError:
            raise Failed(Fault.wrong) from None

    async def _body(self, client: aiohttp.ClientSession, url: str, how: Mapping[str, str]) -> bytes:
        async with client.get(url, params=how, allow_redirects=False) as answer:
            if answer.status in (401, 403):
                raise Failed(Fault.refused)
            if answer.status >= 500:
                raise Failed(Fault.away)
            if answer.status != 200:
                raise Failed(Fault.wrong)
            body = bytearray()
            async for chunk in answer.content.iter_any():
                body += chunk
                if len(body) > LONGEST:
                    raise Failed(Fault.too_long)
            return bytes(body)


class _Checked(AbstractResolver):
    """Hands out the address that was checked, whatever the name says now."""

    def __init__(self, address: str) -> None:
        self._address = address

    async def resolve(self, host: str, port: int = 0, family: Any = None) -> list[ResolveResult]:
        return [resolved(host, port, self._address)]

    async def close(self) -> None:
        """Nothing is kept."""
