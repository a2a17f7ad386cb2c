"""What the demonstration's laboratory prints beside a value: the reference range, and what was measured before."""

from datetime import timedelta

from telemed.consultations.rules.content import Measure
from telemed.demo.story import vitals

H = timedelta(hours=1)

# By the name of the measure: the lower and the upper end; empty: none.
RANGES = {
    "体温": ("36.0", "37.3"),
    "心率": ("60", "100"),
    "呼吸": ("12", "20"),
    "SpO₂": ("95", ""),
    "hs-cTnT": ("", "0.014"),
    "CK-MB": ("", "4.9"),
    "NT-proBNP": ("", "300"),
    "C 反应蛋白": ("", "5"),
    "血沉": ("", "15"),
    "血钾": ("3.5", "5.3"),
    "尿酸": ("208", "428"),
    "肌酐": ("57", "97"),
    "白细胞": ("3.5", "9.5"),
    "血红蛋白": ("130", "175"),
    "乳酸": ("0.5", "2.2"),
}

# By patient: how long before the last measurement the vital signs were measured too.
EARLIER: dict[str, tuple[tuple[timedelta, tuple[Measure, ...]], ...]] = {
    "dixiu": ((4 * H, vitals("37.6", "112", "22", "98/64", "96")), (8 * H, vitals("38.1", "118", "24", "94/60", "95"))),
    "tianquan": ((12 * H, vitals("36.6", "72", "16", "126/78", "98")),),
}
