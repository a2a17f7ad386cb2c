"""The demonstration's patients: family names from the Hundred Family Surnames, given names are stars."""

from dataclasses import dataclass
from datetime import date

from telemed.demo.images.person import Person
from telemed.people.model import Allergy, Sex


@dataclass(frozen=True)
class PatientText:
    key: str
    hospital: str
    number: str  # 住院号
    name: str
    latin: str  # Family^Given
    sex: Sex
    born: tuple[int, int, int]  # year, month, day
    department: str
    ward: str
    bed: str
    allergy: Allergy = Allergy.none
    allergy_text: str = ""
    critical: bool = False
    isolation: bool = False

    @property
    def birth_date(self) -> date:
        """The same whenever it is asked for: images made tomorrow must show the person recorded today."""
        return date(*self.born)

    def person(self) -> Person:
        return Person(self.number, self.name, self.latin, "M" if self.sex is Sex.male else "F", self.birth_date)


M, F = Sex.male, Sex.female
W, J = "wuxi", "jiashan"
PATIENTS = {
    each.key: each
    for each in (
        PatientText("tianshu", W, "W2600181", "赵天枢", "Zhao^Tianshu", M, (1968, 4, 12), "心内科", "CCU", "3",
                    Allergy.known, "青霉素（皮疹）", critical=True),
        PatientText("tianxuan", W, "W2600214", "钱天璇", "Qian^Tianxuan", F, (1959, 9, 3), "呼吸内科", "6 病区", "12"),
        PatientText("tianji", W, "W2600226", "孙天玑", "Sun^Tianji", M, (1968, 1, 25), "普外科", "8 病区", "05"),
        PatientText("tianquan", W, "W2600233", "李天权", "Li^Tianquan", M, (1992, 6, 18), "骨科", "10 病区", "21"),
        PatientText("yuheng", W, "W2600087", "周玉衡", "Zhou^Yuheng", F, (2013, 3, 30), "儿科", "3 病区", "08"),
        PatientText("kaiyang", W, "W2600241", "吴开阳", "Wu^Kaiyang", F, (1954, 11, 7), "神经外科", "9 病区", "02",
                    Allergy.known, "磺胺类（皮疹）", critical=True),
        PatientText("yaoguang", W, "W2600102", "郑摇光", "Zheng^Yaoguang", M, (1960, 7, 21), "泌尿外科",
                    "11 病区", "16"),
        PatientText("beichen", W, "W2600237", "王北辰", "Wang^Beichen", M, (1976, 2, 9), "心内科", "5 病区", "07"),
        PatientText("zhixing", W, "W2600248", "冯织星", "Feng^Zhixing", F, (1985, 8, 14), "消化内科", "7 病区", "10"),
        PatientText("qianniu", W, "W2600251", "陈牵牛", "Chen^Qianniu", M, (1970, 12, 1), "内分泌科", "4 病区", "19"),
        PatientText("qiming", W, "W2600219", "褚启明", "Chu^Qiming", F, (1975, 5, 27), "肿瘤科", "12 病区", "03"),
        PatientText("changgeng", W, "W2600196", "卫长庚", "Wei^Changgeng", F, (1997, 10, 16), "心内科", "5 病区", "11"),
        PatientText("shenxiu", J, "J2600034", "蒋参宿", "Jiang^Shenxiu", M, (1978, 4, 2), "内科", "2 病区", "06",
                    critical=True, isolation=True),
        PatientText("xinxiu", J, "J2600041", "沈心宿", "Shen^Xinxiu", F, (1963, 9, 19), "内科", "2 病区", "14"),
        PatientText("bixiu", J, "J2600012", "韩毕宿", "Han^Bixiu", M, (1965, 1, 8), "内科", "1 病区", "09",
                    Allergy.known, "头孢类（过敏性休克史）"),
        PatientText("jiaoxiu", W, "W2600256", "杨角宿", "Yang^Jiaoxiu", F, (1970, 6, 5), "呼吸内科", "6 病区", "15"),
        PatientText("kangxiu", W, "W2600263", "朱亢宿", "Zhu^Kangxiu", M, (1962, 2, 20), "心内科", "5 病区", "03",
                    Allergy.known, "碘对比剂（荨麻疹）"),
        PatientText("dixiu", W, "W2600264", "秦氐宿", "Qin^Dixiu", F, (1988, 11, 28), "心内科", "5 病区", "09"),
        PatientText("jixiu", W, "W2600121", "何箕宿", "He^Jixiu", M, (1955, 3, 14), "心内科", "5 病区", "15"),
        PatientText("douxiu", W, "W2600098", "吕斗宿", "Lv^Douxiu", F, (1960, 1, 23), "心内科", "5 病区", "18",
                    Allergy.known, "头孢曲松（皮疹）"),
        PatientText("fangxiu", J, "J2600047", "许房宿", "Xu^Fangxiu", M, (1956, 7, 6), "内科", "1 病区", "02"),
    )
}  # fmt: skip
