"""Agreements between hub and branches, as rows of a workbook."""

from collections.abc import Mapping
from typing import Any, Final

from telemed.administration import agreements
from telemed.administration.place_schemas import AgreementIn
from telemed.administration.saving import Saved
from telemed.imports.columns import YES_NO, Column, code, day, some_of, yes_no
from telemed.imports.kinds import Kind, Scope, refusals, said_before
from telemed.imports.words import SERVICES, SERVICES_ALSO
from telemed.people.model import Hospital, HospitalKind

COLUMNS: Final = (
    Column("branch", "分院", "Branch", code(60), True, ("邀请方", "分院代码", "branch code"), "wuxi"),
    Column("hub", "中心医院", "Hub", code(60), False, ("受邀方", "中心", "hub code"), "ruijin"),
    Column("number", "协议编号", "Agreement number", code(32), True, ("编号", "协议号", "number"), "XY-2026-001"),
    Column("services", "服务", "Services", some_of(SERVICES, SERVICES_ALSO), True, ("服务项目", "服务内容"),
           "远程会诊、远程阅片", words=SERVICES),
    Column("valid_from", "开始日期", "Valid from", day, True, ("生效日期", "起始日期"), "2026-01-01"),
    Column("valid_until", "截止日期", "Valid until", day, True, ("失效日期", "结束日期", "到期日期"), "2028-12-31"),
    Column("registration_required", "必须备案", "Registration required", yes_no, False, ("要求备案",), "否",
           words={"True": YES_NO["true"], "False": YES_NO["false"]}),
)  # fmt: skip


class _Agreements:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    async def save(self, values: Mapping[str, Any]) -> Saved[Any]:
        given = {name: each for name, each in values.items() if name not in ("branch", "hub")}
        branch, hub = self._between(values)
        db, by, now = self.scope.db, self.scope.by, self.scope.now
        return await agreements.save(db, by, branch.id, hub.id, AgreementIn.model_validate(given), now)

    def look_up(self, values: Mapping[str, Any]) -> list[Exception]:
        return refusals(lambda: self._branch(values), lambda: self._hub(values))

    def _between(self, values: Mapping[str, Any]) -> tuple[Hospital, Hospital]:
        return self._branch(values), self._hub(values)

    def _branch(self, values: Mapping[str, Any]) -> Hospital:
        return self.scope.hospital(values.get("branch"), column="branch")

    def _hub(self, values: Mapping[str, Any]) -> Hospital:
        return self.scope.hospital(values.get("hub") or self._usual_hub(), column="hub")

    def _usual_hub(self) -> str | None:
        """The importer's own, or the only one."""
        hubs = [each.id for each in self.scope.hospitals if each.kind is HospitalKind.hub]
        own = self.scope.by.hospital_id if self.scope.by else None
        return own if own in hubs else hubs[0] if len(hubs) == 1 else None

    def before(self, saved: Saved[Any]) -> dict[str, tuple[str, str]]:
        return said_before(COLUMNS, saved)


async def _open(scope: Scope) -> _Agreements:
    return _Agreements(scope)


AGREEMENTS: Final = Kind(
    "agreements", "合作协议", "Agreements", COLUMNS, ("branch", "hub", "number"), _open, of_hub=True
)  # fmt: skip
