"""The content of a 远程会诊记录单, in the words that are printed."""

from typing import Literal

from pydantic import ConfigDict, Field

from telemed.kit.model import Model

SHA256 = "^[0-9a-f]{64}$"


class Printed(Model):
    model_config = ConfigDict(frozen=True)


class Inviter(Printed):
    name: str  # the full licence name
    short: str


class Invited(Printed):
    name: str
    departments: str


class PatientLines(Printed):
    name: str
    sex: str
    age: str
    birth: str
    number_label: str = "住院号"
    number: str
    department: str
    bed: str
    allergy: str
    allergic: bool = True  # printed in red
    flag: str = ""  # 危重, 隔离: at the head of every page
    condition: str = "非危重"  # 病情: the same in words, or that the request does not mark the patient as critical


class RequestPart(Printed):
    """申请部分. Times are local to the inviting hospital."""

    submitted: str
    wanted: str
    purpose: str
    history: str
    exam: str
    exam_at: str = ""
    tests: str
    diagnosis: str
    treatment: str
    requester: str
    requester_at: str = ""
    senior: str = ""
    senior_at: str = ""
    office: str = ""
    office_at: str = ""


class Participant(Printed):
    part: str  # 主会诊, 陪同 …
    name: str
    title: str
    department: str
    hospital: str
    joined: str = ""
    left: str = ""
    note: str = ""  # that they were without sound and picture


class SessionPart(Printed):
    times: str
    interruptions: str = "无"
    people: list[Participant] = Field(default_factory=list)
    packet: str = ""
    missing: str = ""  # what it was started without, and why


class PrintedAdvice(Printed):
    n: int
    text: str
    kind: str
    owner: str
    due: str


class AdviceGroup(Printed):
    title: str
    rows: list[PrintedAdvice]
    none: str = "无"  # printed when there are no rows


class PrintedImage(Printed):
    study: str
    at: str
    place: str  # series and image
    part: str = ""  # 部位
    side: str
    note: str = ""
    sha256: str = Field(pattern=SHA256)
    picture: bytes = Field(default=b"", exclude=True)  # JPEG or PNG, with the hash in `sha256`


class Signature(Printed):
    """A line of the table of signatures; the lead expert's method and time are in the seal."""

    part: str
    name: str
    title: str
    stand: str = ""  # 出具, 联合签署, 保留意见
    at: str = ""
    sha256: str = Field(default="", pattern=f"{SHA256}|^$")  # of the lead expert's signature picture, if they have one
    picture: bytes = Field(default=b"", exclude=True)  # PNG


class OpinionPart(Printed):
    analysis: str
    diagnosis: str
    groups: list[AdviceGroup]
    reservations: str = ""
    images: list[PrintedImage] = Field(default_factory=list)
    lead: Signature
    others: list[Signature] = Field(default_factory=list)


class PrintedSection(Printed):
    """What one expert of an MDT signed for their specialty."""

    specialty: str
    name: str
    title: str
    text: str
    at: str
    note: str = ""  # that the consensus had not its last words yet


class MdtPart(Printed):
    """多学科会诊: who chaired and recorded it, a section for each specialty, and who did not sign."""

    chair: str
    recorder: str = ""
    sections: list[PrintedSection] = Field(default_factory=list)
    absent: list[str] = Field(default_factory=list)


class Amendment(Printed):
    replaces: int
    replaced_at: str
    reason: str


class Seal(Printed):
    """What a print shows besides the signed text; `method` is empty if the print is to be signed by hand."""

    hash: str = Field(pattern=SHA256)
    verify: str  # the content of the QR code; empty where there is nothing to verify by
    method: Literal["", "password", "paper"] = ""
    at: str = ""


class Record(Printed):
    """Without a seal it is a draft, marked 「草稿 不得归档」. Everything but the seal is part of the signed text."""

    number: str
    version: int
    printed_at: str
    printed_by: str
    demo: bool
    category: str  # 急会诊, 普通会诊
    mode: str
    present: str
    inviter: Inviter
    invited: Invited
    patient: PatientLines
    request: RequestPart
    session: SessionPart
    opinion: OpinionPart
    mdt: MdtPart | None = None
    amendment: Amendment | None = None
    accompanying: str = ""
    consent: str = ""
    guidance: str = ""  # that it is 远程指导意见, and why
    seal: Seal | None = None
