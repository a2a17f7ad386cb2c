"""What stands on a 远程会诊记录单, as the words that are printed."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Printed(BaseModel):
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
    flag: str = ""  # 危重, 隔离: on every page's head
    condition: str = "未标注危重"  # 病情: the same, and in words that nobody marked the patient as critical


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


class SessionPart(Printed):
    times: str
    interruptions: str = "无"
    people: list[Participant] = []
    packet: str = ""


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
    side: str
    note: str = ""
    picture: bytes = Field(exclude=True)  # JPEG or PNG


class Signature(Printed):
    part: str
    name: str
    title: str
    method: Literal["", "password", "paper"] = ""
    stand: str = ""
    at: str = ""


class OpinionPart(Printed):
    analysis: str
    diagnosis: str
    groups: list[AdviceGroup]
    reservations: str = ""
    images: list[PrintedImage] = []
    signatures: list[Signature]


class Amendment(Printed):
    replaces: int
    replaced_at: str
    reason: str


class Handled(Printed):
    n: int
    state: Literal["", "采纳", "部分采纳", "不采纳"] = ""
    reason: str = ""
    order: str = ""


class HandlingPart(Printed):
    """邀请方处理."""

    rows: list[Handled] = []
    by: str = ""
    at: str = ""


class Record(Printed):
    """`draft` carries 「草稿 不得归档」; `paper` leaves a line to sign by hand; the QR code holds `verify`."""

    number: str
    version: int
    draft: bool
    paper: bool = False
    withdrawn: bool = False  # images it rests on were not of this patient
    hash: str = Field(default="", pattern="^([0-9a-f]{64})?$")
    verify: str = ""
    printed_at: str
    printed_by: str
    demo: bool
    class_: str = Field(serialization_alias="class")  # 急会诊, 普通会诊
    mode: str
    present: str
    inviter: Inviter
    invited: Invited
    patient: PatientLines
    request: RequestPart
    session: SessionPart
    opinion: OpinionPart
    handling: HandlingPart = HandlingPart()
    amendment: Amendment | None = None
    accompanying: str = ""
    consent: str = ""
