"""Templates per specialty and common phrases 常用语: typed data in both languages; prompts, never facts."""

from telemed.requests.schemas import Bilingual, Phrase, Template

B = Bilingual

_HISTORY = B(
    zh="起病时间与诱因：\n主要症状及演变：\n院外及入院后诊疗经过：\n目前状况：",
    en="Onset and trigger:\nMain symptoms and course:\nTreatment before and since admission:\nCondition now:",
)
_TREATMENT = B(zh="治疗措施：\n效果：", en="Measures taken:\nResponse:")
_MEDICINES = B(zh="药名、剂量、途径、频次：", en="Name, dose, route, frequency:")

TEMPLATES: tuple[Template, ...] = (
    Template(
        key="chest_pain",
        specialty="cardiology",
        title=B(zh="胸痛 / 主动脉疾病", en="Chest pain / aortic disease"),
        fields={
            "purpose": B(
                zh="1. 是否有急诊介入或手术指征，何时干预？\n2. 血压、心率目标与用药调整？\n3. 能否转运，途中条件？",
                en="1. Is urgent intervention indicated, and when?\n"
                "2. Targets for blood pressure and heart rate; changes of medicines?\n"
                "3. Can the patient be transferred, under which conditions?",
            ),
            "history": B(
                zh="胸痛起始时间、部位、性质、放射：\n伴随症状（晕厥、肢体缺血、神经症状）：\n双上肢血压：\n入院后诊疗经过：\n目前状况：",
                en="Pain: onset, site, character, radiation:\nWith it (syncope, limb ischaemia, neurology):\n"
                "Blood pressure in both arms:\nTreatment since admission:\nCondition now:",
            ),
            "past_history": B(
                zh="高血压 / 冠心病 / 主动脉疾病：\n抗凝、抗血小板用药：\n吸烟史：\n家族史：",
                en="Hypertension, coronary or aortic disease:\nAnticoagulants, antiplatelets:\nSmoking:\nFamily:",
            ),
            "treatment": _TREATMENT,
            "medicines": _MEDICINES,
        },
    ),
    Template(
        key="pneumonia",
        specialty="respiratory",
        title=B(zh="重症肺炎 / 呼吸衰竭", en="Severe pneumonia / respiratory failure"),
        fields={
            "purpose": B(
                zh="1. 病因诊断与进一步检查？\n2. 抗感染方案调整？\n3. 呼吸支持方式与目标？",
                en="1. Cause, and further tests?\n2. Change of anti-infectives?\n3. Mode and goals of support?",
            ),
            "history": B(
                zh="起病时间、发热、咳嗽咳痰、气促：\n接触史与旅行史：\n抗感染用药及疗程：\n氧疗或通气方式、参数：\n目前状况：",
                en="Onset, fever, cough, dyspnoea:\nExposure and travel:\nAnti-infectives and duration:\n"
                "Oxygen or ventilation, settings:\nCondition now:",
            ),
            "treatment": _TREATMENT,
            "medicines": _MEDICINES,
        },
    ),
    Template(
        key="stroke",
        specialty="neurosurgery",
        title=B(zh="颅内出血 / 占位", en="Intracranial haemorrhage / mass"),
        fields={
            "purpose": B(
                zh="1. 是否有手术指征与时机？\n2. 颅内压及血压管理目标？\n3. 能否转运？",
                en="1. Is surgery indicated, and when?\n2. Targets for intracranial and blood pressure?\n3. Transfer?",
            ),
            "history": B(
                zh="起病时间与方式：\n意识变化（GCS）：\n局灶体征、瞳孔：\n抗凝用药：\n入院后诊疗经过：",
                en="Onset and manner:\nConsciousness (GCS):\nFocal signs, pupils:\nAnticoagulants:\n"
                "Treatment since admission:",
            ),
            "treatment": _TREATMENT,
            "medicines": _MEDICINES,
        },
    ),
    Template(
        key="tumour",
        specialty="oncology",
        title=B(zh="肿瘤综合治疗", en="Tumour: combined treatment"),
        fields={
            "purpose": B(
                zh="1. 分期与病理诊断是否明确？\n2. 下一步治疗方案？\n3. 能否手术或放疗？",
                en="1. Are stage and pathology settled?\n2. Next line of treatment?\n3. Surgery or radiotherapy?",
            ),
            "history": B(
                zh="确诊时间、病理与分子检测：\n分期（TNM）：\n既往治疗及疗效：\n体能状态（ECOG）：\n目前状况：",
                en="Diagnosis, pathology, molecular tests:\nStage (TNM):\nTreatment so far and response:\n"
                "Performance (ECOG):\nCondition now:",
            ),
            "treatment": _TREATMENT,
            "medicines": _MEDICINES,
        },
    ),
    Template(
        key="general",
        specialty="",
        title=B(zh="通用", en="General"),
        fields={
            "purpose": B(zh="1. 诊断是否明确？\n2. 治疗方案？", en="1. Is the diagnosis settled?\n2. Treatment?"),
            "history": _HISTORY,
            "treatment": _TREATMENT,
            "medicines": _MEDICINES,
        },
    ),
)

PHRASES: tuple[Phrase, ...] = (
    Phrase(
        specialty=None,
        short=B(zh="手术指征", en="Surgery"),
        text=B(zh="是否有手术指征，何时手术？", en="Is surgery indicated, and when?"),
    ),
    Phrase(
        specialty=None,
        short=B(zh="用药调整", en="Medicines"),
        text=B(zh="目前用药如何调整？", en="How should the medicines be changed?"),
    ),
    Phrase(
        specialty=None,
        short=B(zh="能否转运", en="Transfer"),
        text=B(zh="能否安全转运，途中需何条件？", en="Is transfer safe, and under which conditions?"),
    ),
    Phrase(
        specialty=None,
        short=B(zh="明确诊断", en="Diagnosis"),
        text=B(zh="请协助明确诊断。", en="Please help to settle the diagnosis."),
    ),
    Phrase(
        specialty=None,
        short=B(zh="下一步检查", en="Further tests"),
        text=B(zh="下一步需完善哪些检查？", en="Which tests should follow?"),
    ),
    Phrase(
        specialty="cardiology",
        short=B(zh="血压心率目标", en="Targets"),
        text=B(zh="血压、心率控制目标？", en="Targets for blood pressure and heart rate?"),
    ),
    Phrase(
        specialty="respiratory",
        short=B(zh="抗感染方案", en="Anti-infectives"),
        text=B(zh="抗感染方案如何调整？", en="How should anti-infectives be changed?"),
    ),
    Phrase(
        specialty="oncology",
        short=B(zh="放疗与靶向", en="Radiotherapy"),
        text=B(zh="是否适合放疗或靶向治疗？", en="Is radiotherapy or targeted treatment suitable?"),
    ),
    Phrase(
        specialty="radiology",
        short=B(zh="阅片", en="Reading"),
        text=B(zh="请阅片并给出影像诊断意见。", en="Please read the images and give an opinion."),
    ),
)
