"""What the tests of opinions share: a consultation that waits for its opinion, and a whole opinion."""

from io import BytesIO
from typing import Any
from uuid import UUID

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from PIL import Image

from telemed.access.grants import give
from telemed.access.model import Account
from telemed.access.passwords import hash_now
from telemed.activities.model import Answer, Participant
from telemed.bridge import packets
from telemed.cases.model import Case, ItemKind, PacketItem
from telemed.consultations.model import Consultation, activity
from telemed.consultations.sharing import LEAD, READ
from telemed.consultations.words import KIND, Mode, ParticipantRole, State, Urgency
from telemed.kit.activity import Activity
from telemed.kit.table import new_id
from telemed.people.model import Allergy, IdentifierKind, Patient, PatientIdentifier, Sex
from telemed.studies.model import LinkState, StudyLink, StudyView
from tests.telemed import news
from tests.telemed.conftest import NOW, Call, World
from tests.telemed.requests.helpers import CONTENT

STUDY = "1.2.826.0.1.3680043.8.498.1"
OTHER = STUDY + ".2"
PASSWORD = "correct horse battery"
HASH = hash_now(PASSWORD)
KEY_IMAGE = {
    "key": "k1",
    "hospital_id": "wuxi",
    "study_uid": STUDY,
    "series_uid": STUDY + ".1",
    "instance_uid": STUDY + ".1.1",
    "side": "both",
    "study": "主动脉 CTA",
    "series_number": 3,
    "image_number": 142,
    "image_count": 286,
}


def advice(key: str, text: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "text": text, "owner": "许知遥", "due": "now", "kind": "treatment"} | more


def opinion(**more: Any) -> dict[str, Any]:
    return {
        "analysis": "降主动脉见内膜破口，真腔受压。",
        "diagnosis": "急性主动脉夹层（Stanford B 型）",
        "advice": [
            advice("a1", "收缩压 100–120 mmHg"),
            advice("a2", "今日转瑞金血管外科", kind="referral", due="today"),
        ],
        "medicines": [advice("m1", "艾司洛尔滴定至心率达标", kind="medicine")],
    } | more


async def consultation(world: World, state: State = State.answering, urgency: Urgency = Urgency.urgent) -> str:
    """Led by `expert` of ruijin, asked by `doctor` of wuxi; one confirmed CT belongs to it."""
    patient, case, id = new_id(), new_id(), new_id()
    async with world.db.write() as db:
        (await db.get_one(Account, world.ids["expert"])).password_hash = HASH
        db.add(
            Patient(
                id=patient,
                hospital_id="wuxi",
                name="陈远山",
                sex=Sex.male,
                estimated_age=58,
                allergy=Allergy.known,
                allergy_text="青霉素",
            )
        )
        await db.flush()
        db.add(
            PatientIdentifier(
                patient_id=patient, issuer_hospital="wuxi", kind=IdentifierKind.admission, value=str(patient)
            )
        )
        db.add(Case(id=case, hospital_id="wuxi", patient_id=patient, opened_at=NOW))
        await db.flush()
        db.add(
            Consultation(
                id=id,
                number=f"HZ-{id}",
                case_id=case,
                patient_id=patient,
                branch_id="wuxi",
                hub_id="ruijin",
                state=state,
                state_since=NOW,
                urgency=urgency,
                mode=Mode.live,
                request=CONTENT | {"no_images": False, "studies": [{"uid": STUDY}]},
                requester_id=world.ids["doctor"],
                accompanying_id=world.ids["doctor"],
                lead_id=world.ids["expert"],
                approved_by=world.ids["reviewer"],
                approved_at=NOW,
                submitted_at=NOW,
                started_at=NOW,
                ended_at=NOW,
                packet_version=1,
                created_at=NOW,
                updated_at=NOW,
            )
        )
        await db.flush()
        for who, role in (("expert", ParticipantRole.lead), ("doctor", ParticipantRole.accompanying)):
            db.add(
                Participant(
                    activity=KIND,
                    activity_id=id,
                    staff_id=world.ids[who],
                    role=role,
                    answer=Answer.accepted,
                    joined_at=NOW,
                )
            )
        db.add(StudyView(hospital_id="wuxi", study_uid=STUDY, complete=True, received_at=NOW, changed_at=NOW))
        db.add(StudyLink(hospital_id="wuxi", study_uid=STUDY, patient_id=patient, state=LinkState.confirmed, at=NOW))
        db.add(packed(case, id))
        await give(
            db,
            case_id=case,
            patient_id=patient,
            activity=Activity("consultation", id),
            grantee=str(world.ids["expert"]),
            hospital_id="wuxi",
            allows=LEAD,
            purpose="lead the consultation",
            by=None,
            now=NOW,
        )
    return str(id)


async def booked(world: World, id: str, *who: str) -> None:
    """Experts beside the lead, who may see the case."""
    async with world.db.write() as db:
        row = await db.get_one(Consultation, UUID(id))
        assert row.case_id is not None
        assert row.patient_id is not None
        for each in who:
            (await db.get_one(Account, world.ids[each])).password_hash = HASH
            db.add(
                Participant(
                    activity=KIND,
                    activity_id=row.id,
                    staff_id=world.ids[each],
                    role=ParticipantRole.expert,
                    answer=Answer.accepted,
                    joined_at=NOW,
                )
            )
            await give(
                db,
                case_id=row.case_id,
                patient_id=row.patient_id,
                activity=activity(row.id),
                grantee=str(world.ids[each]),
                hospital_id="wuxi",
                allows=READ,
                purpose="test",
                by=None,
                now=NOW,
            )


def packed(case: UUID, id: UUID, study: str = STUDY, version: int = 1, title: str = "主动脉 CTA") -> PacketItem:
    """A study in the packet."""
    return PacketItem(
        case_id=case,
        activity=KIND,
        activity_id=id,
        version=version,
        kind=ItemKind.study,
        title=title,
        hospital_id="wuxi",
        study_uid=study,
        added_at=NOW,
    )


def picture() -> bytes:
    out = BytesIO()
    Image.new("L", (64, 48), 120).save(out, "JPEG")
    return out.getvalue()


async def key_image(call: Call, **more: Any) -> dict[str, Any]:
    status, made = await call("expert", "POST", "/files?kind=key_image", data=picture())
    assert status == 201, made
    return KEY_IMAGE | {"file_id": made["id"]} | more


async def save(call: Call, id: str, version: int, content: dict[str, Any], who: str = "expert") -> tuple[int, Any]:
    return await call(who, "PATCH", f"/consultations/{id}/opinion", match=version, json={"content": content})


async def sign(call: Call, id: str, version: int, who: str = "expert", **more: Any) -> tuple[int, Any]:
    """Signs, and then reads the board as the page does."""
    proof = {"method": "password", "password": PASSWORD} | more
    status, said = await call(who, "POST", f"/consultations/{id}/opinion/sign", match=version, json=proof)
    return (200, await board(call, id, who)) if status == 204 else (status, said)


async def signed(call: Call, world: World, **content: Any) -> tuple[str, Any]:
    """A consultation whose opinion is signed, and the board as the requesting doctor sees it."""
    id = await consultation(world)
    status, draft = await save(call, id, 0, opinion(**content))
    assert status == 200, draft
    status, out = await sign(call, id, draft["version"])
    assert status == 200, out
    return id, await board(call, id)


async def board(call: Call, id: str, who: str = "doctor") -> Any:
    status, out = await call(who, "GET", f"/consultations/{id}/opinion")
    assert status == 200, out
    return out


async def take_stand(call: Call, id: str, who: str, kind: str, words: str = "", **more: Any) -> tuple[int, Any]:
    seen = await board(call, id, who)
    read = seen["draft"] or seen["signed"][0]
    body = {"opinion_id": read["id"], "version": read["version"], "kind": kind, "words": words, "password": PASSWORD}
    status, said = await call(who, "POST", f"/consultations/{id}/opinion/stand", json=body | more)
    return (200, await board(call, id, who)) if status == 204 else (status, said)


async def decided(world: World, state: LinkState, study: str = STUDY) -> None:
    """What a person of the branch said of the study, and the news of it."""
    async with world.db.write() as db:
        await packets.consume(db, await news.decided(db, study, state))


async def two_studies(call: Call, world: World) -> tuple[str, str]:
    """A consultation whose opinion is signed on two studies, and the opinion's id."""
    id = await consultation(world)
    async with world.db.write() as db:
        row = await db.get_one(Consultation, UUID(id))
        assert row.case_id is not None
        db.add(StudyView(hospital_id="wuxi", study_uid=OTHER, complete=True, received_at=NOW, changed_at=NOW))
        db.add(
            StudyLink(hospital_id="wuxi", study_uid=OTHER, patient_id=row.patient_id, state=LinkState.confirmed, at=NOW)
        )
        db.add(packed(row.case_id, row.id, OTHER, title="胸部平扫"))
    _, draft = await save(call, id, 0, opinion())
    status, out = await sign(call, id, draft["version"])
    assert status == 200, out
    return id, out["signed"][0]["id"]


def text_of(pdf: bytes) -> str:
    return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in pdfium.PdfDocument(pdf))


ORDER = {"order_number": "YZ-8841", "ordered_by": "许知遥"}


def answers(out: Any, *replies: str) -> dict[str, Any]:
    given = zip(out["advice"], replies, strict=True)
    return {
        "answers": [
            {"advice_id": each["id"], "reply": reply, "reason": "" if reply == "adopted" else "本院无此条件"}
            for each, reply in given
        ]
    }


async def acknowledge(call: Call, id: str, out: Any, *replies: str, who: str = "doctor") -> tuple[int, Any]:
    path = f"/consultations/{id}/acknowledgement"
    return await call(who, "POST", path, match=out["consultation_version"], json=answers(out, *replies))


async def execute(call: Call, each: Any, who: str = "doctor", **more: Any) -> tuple[int, Any]:
    return await call(who, "POST", f"/advice/{each['id']}/execution", match=each["version"], json=ORDER | more)
