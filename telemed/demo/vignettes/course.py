"""How the beds of the demonstration's ward round did in the three days before, for the small charts of the round."""

from datetime import timedelta

from telemed.consultations.rules.content import Measure
from telemed.demo.story import high, low, normal, vitals

Before = tuple[tuple[timedelta, tuple[Measure, ...]], ...]
H = timedelta(hours=1)
EVERY = 8 * H


def _course(*measured: tuple[Measure, ...]) -> Before:
    """The newest first, each a nurses' shift before the one after it."""
    return tuple((n * EVERY, each) for n, each in enumerate(measured, 1))


# By patient: how long before the last measurement the vital signs were measured too.
SIGNS: dict[str, Before] = {
    "douxiu": _course(
        vitals("36.5", "84", "18", "134/72", "97"),
        vitals("36.4", "88", "18", "136/74", "96"),
        vitals("36.6", "86", "18", "138/74", "97"),
        vitals("36.5", "92", "19", "142/78", "96"),
        vitals("36.3", "96", "19", "140/76", "96"),
        vitals("36.6", "102", "20", "144/80", "95"),
        vitals("36.7", "104", "20", "146/82", "95"),
    ),
    "jixiu": _course(
        vitals("36.5", "60", "18", "126/72", "97"),
        vitals("36.6", "64", "17", "130/76", "98"),
        vitals("36.7", "60", "18", "132/76", "97"),
        vitals("36.6", "58", "18", "134/78", "97"),
        vitals("36.8", "61", "18", "136/80", "96"),
        vitals("36.7", "60", "18", "130/74", "97"),
        vitals("36.9", "63", "18", "128/76", "97"),
    ),
    "beichen": _course(
        vitals("36.4", "90", "18", "104/66", "96"),
        vitals("36.5", "92", "19", "102/64", "95"),
        vitals("36.6", "94", "20", "100/62", "95"),
        vitals("36.5", "98", "20", "98/62", "94"),
        vitals("36.6", "102", "21", "96/60", "94"),
        vitals("36.7", "106", "22", "94/60", "93"),
        vitals("36.6", "110", "22", "92/58", "92"),
    ),
    "changgeng": _course(
        vitals("36.5", "80", "16", "114/72", "99"),
        vitals("36.6", "84", "18", "110/68", "98"),
    ),
}
# By patient: how long before the last tests these were made too.
TESTS: dict[str, Before] = {
    "douxiu": (
        (
            24 * H,
            (
                high("肌酐", "138", "μmol/L"),
                low("肌酐清除率", "36", "mL/min"),
                normal("血钾", "4.8", "mmol/L"),
                high("NT-proBNP", "1240", "pg/mL"),
            ),
        ),
        (
            48 * H,
            (
                high("肌酐", "146", "μmol/L"),
                low("肌酐清除率", "34", "mL/min"),
                normal("血钾", "5.1", "mmol/L"),
                high("NT-proBNP", "1560", "pg/mL"),
            ),
        ),
    ),
    "jixiu": (
        (24 * H, (normal("血钾", "4.0", "mmol/L"), normal("肌酐", "88", "μmol/L"), high("NT-proBNP", "480", "pg/mL"))),
        (48 * H, (normal("血钾", "3.8", "mmol/L"), normal("肌酐", "91", "μmol/L"), high("NT-proBNP", "560", "pg/mL"))),
    ),
    "beichen": (
        (24 * H, (high("NT-proBNP", "4180", "pg/mL"), normal("肌酐", "88", "μmol/L"), normal("血钾", "4.1", "mmol/L"))),
        (44 * H, (high("NT-proBNP", "5260", "pg/mL"), normal("肌酐", "84", "μmol/L"), normal("血钾", "3.9", "mmol/L"))),
    ),
}
