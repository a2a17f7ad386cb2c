"""The header of a study that agrees with the patient it is of."""

AGREES = {
    "hospital": "wuxi",
    "study_uid": "1.2.3",
    "PatientID": "0026118842",
    "PatientName": "Chen^Yuanshan=陈^远山",
    "PatientSex": "M",
    "PatientBirthDate": "19680412",
    "StudyDate": "20260302",
    "StudyTime": "082046.12",
    "ModalitiesInStudy": ["CT"],
    "AccessionNumber": "CT2603020001",
    "StudyDescription": "主动脉 CTA",
    "series_count": 3,
    "instance_count": 612,
    "declared_count": 612,
    "complete": True,
    "mixed_patients": False,
}
