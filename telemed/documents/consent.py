"""The content of a 远程医疗知情同意书: filled in as far as known, the rest by hand."""

from typing import Literal

from pydantic import ConfigDict, Field

from telemed.kit.model import Model


class ConsentPatient(Model):
    model_config = ConfigDict(frozen=True)

    name: str
    sex: str
    age: str
    birth: str
    number_label: str = "住院号"
    number: str
    department: str
    bed: str
    diagnosis: str = ""


class ConsentForm(Model):
    """`kind` ticks how it is signed. Known fields of that kind are printed; the others are lines to fill in."""

    model_config = ConfigDict(frozen=True)

    number: str
    form_version: str
    consultation: str  # 会诊编号
    inviter: str
    invited: str
    invited_department: str
    contact: str = ""
    fee: str = ""
    patient: ConsentPatient
    kind: Literal["", "patient", "guardian", "telephone", "emergency"] = ""
    relation: str = ""
    reason: str = ""
    attempts: str = ""
    consenting: str = ""  # who consented, by telephone or as relative
    witnesses: list[str] = Field(default_factory=list)
    approved_by: str = ""
    approved_at: str = ""
    printed_at: str
    printed_by: str
    demo: bool
