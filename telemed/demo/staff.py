"""The demonstration's staff. Given names are the 24 solar terms, so that everybody is obviously fictional."""

from dataclasses import dataclass

from telemed.access.model import Role
from telemed.demo.places import HUB
from telemed.people.model import Title
from telemed.scheduling.model import BookingKind


@dataclass(frozen=True)
class StaffText:
    username: str
    hospital: str
    specialty: str  # of the department
    name: str
    name_en: str
    title: Title
    roles: tuple[Role, ...]
    signs_in: bool = True  # others can be named and booked, but have no password


R = Role
STAFF = (
    StaffText("admin", HUB, "information", "闻立春", "Wen Lichun", Title.administrator, (R.administrator,)),
    StaffText("wuxi.admin", "wuxi", "medical_office", "魏清明", "Wei Qingming", Title.administrator,
              (R.administrator,)),
    StaffText("jiashan.admin", "jiashan", "medical_office", "祝立春", "Zhu Lichun", Title.administrator,
              (R.administrator,)),
    StaffText("coordinator", HUB, "consultation_centre", "汪雨水", "Wang Yushui", Title.administrator,
              (R.coordinator,)),
    StaffText("duty", HUB, "medical_office", "阮大暑", "Ruan Dashu", Title.associate_chief, (R.duty_officer,)),
    StaffText("dispatcher", HUB, "cardiology", "许惊蛰", "Xu Jingzhe", Title.attending, (R.dispatcher,)),
    StaffText("expert", HUB, "cardiology", "柳春分", "Liu Chunfen", Title.chief, (R.expert,)),
    StaffText("expert2", HUB, "respiratory", "林谷雨", "Lin Guyu", Title.chief, (R.expert,)),
    StaffText("radiologist", HUB, "radiology", "罗立夏", "Luo Lixia", Title.attending, (R.radiologist,)),
    StaffText("radiologist2", HUB, "radiology", "江小满", "Jiang Xiaoman", Title.chief, (R.radiologist, R.expert)),
    StaffText("trainee", HUB, "radiology", "石重阳", "Shi Chongyang", Title.resident, (R.trainee, R.radiologist)),
    StaffText("quality", HUB, "quality", "陆芒种", "Lu Mangzhong", Title.administrator, (R.quality_officer,)),
    StaffText("wuxi.doctor", "wuxi", "cardiology", "叶夏至", "Ye Xiazhi", Title.attending,
              (R.requesting_doctor, R.accompanying_physician, R.bed_doctor)),
    StaffText("wuxi.chief", "wuxi", "cardiology", "季小暑", "Ji Xiaoshu", Title.chief, (R.senior_doctor,)),
    StaffText("wuxi.coordinator", "wuxi", "medical_office", "温处暑", "Wen Chushu", Title.administrator, (R.reviewer,)),
    StaffText("wuxi.duty", "wuxi", "medical_office", "苗大暑", "Miao Dashu", Title.associate_chief,
              (R.duty_officer, R.duty_doctor)),
    StaffText("wuxi.radiographer", "wuxi", "radiology", "何白露", "He Bailu", Title.technician, (R.radiographer,)),
    StaffText("wuxi.radiologist", "wuxi", "radiology", "顾秋分", "Gu Qiufen", Title.attending, (R.radiologist,)),
    StaffText("wuxi.nurse", "wuxi", "cardiology", "方寒露", "Fang Hanlu", Title.nurse,
              (R.primary_nurse, R.charge_nurse)),
    StaffText("wuxi.trainee", "wuxi", "cardiology", "秦霜降", "Qin Shuangjiang", Title.resident, (R.trainee,)),
    StaffText("jiashan.doctor", "jiashan", "general_medicine", "纪立冬", "Ji Lidong", Title.attending,
              (R.requesting_doctor, R.accompanying_physician, R.bed_doctor)),
    StaffText("jiashan.coordinator", "jiashan", "medical_office", "宋小雪", "Song Xiaoxue", Title.administrator,
              (R.reviewer,)),
    StaffText("neurosurgeon", HUB, "neurosurgery", "冷大雪", "Leng Daxue", Title.chief, (R.expert,), signs_in=False),
    StaffText("surgeon", HUB, "hepatobiliary", "白冬至", "Bai Dongzhi", Title.chief, (R.expert,), signs_in=False),
    StaffText("orthopaedist", HUB, "orthopaedics", "苏小寒", "Su Xiaohan", Title.associate_chief, (R.expert,),
              signs_in=False),
    StaffText("oncologist", HUB, "oncology", "梅大寒", "Mei Dahan", Title.chief, (R.expert,), signs_in=False),
    StaffText("cardiologist", HUB, "cardiology", "易立秋", "Yi Liqiu", Title.associate_chief, (R.expert,),
              signs_in=False),
    StaffText("professor", HUB, "cardiology", "钟清明", "Zhong Qingming", Title.chief, (R.expert,)),
    StaffText("wuxi.bed", "wuxi", "cardiology", "谈立秋", "Tan Liqiu", Title.attending,
              (R.bed_doctor, R.accompanying_physician, R.requesting_doctor)),
    StaffText("reviewer", HUB, "medical_office", "关霜降", "Guan Shuangjiang", Title.administrator, (R.reviewer,)),
)  # fmt: skip

# Busy times of every working day: (username, begins at, ends at, kind), in Shanghai's time zone.
BUSY = (
    ("expert", "08:00", "09:30", BookingKind.round),
    ("expert", "13:30", "15:00", BookingKind.surgery),
    ("expert2", "08:00", "09:00", BookingKind.round),
    ("expert2", "09:00", "11:30", BookingKind.clinic),
    ("cardiologist", "08:00", "11:30", BookingKind.clinic),
    ("neurosurgeon", "08:30", "12:30", BookingKind.surgery),
    ("surgeon", "08:30", "14:00", BookingKind.surgery),
    ("orthopaedist", "13:30", "17:00", BookingKind.clinic),
    ("oncologist", "08:00", "10:00", BookingKind.round),
    ("radiologist2", "08:30", "10:00", BookingKind.reading),
    ("wuxi.doctor", "08:00", "09:30", BookingKind.round),
    ("wuxi.doctor", "14:00", "15:00", BookingKind.meeting),
    ("jiashan.doctor", "08:00", "10:30", BookingKind.clinic),
)
BUSY_TITLE = {
    BookingKind.round: ("查房", "Ward round"),
    BookingKind.clinic: ("专家门诊", "Clinic"),
    BookingKind.surgery: ("手术", "Surgery"),
    BookingKind.reading: ("集体阅片", "Reading session"),
    BookingKind.meeting: ("科室会议", "Department meeting"),
}
