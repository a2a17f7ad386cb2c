/** One consultation and one home page as the server would answer them; all people are invented. */
import type { Schemas } from '../api/client'
import { signOf } from '../kit/vitals'
import { sessionOf } from './server'

export const NOW = Date.parse('2026-11-25T11:20:18+08:00')
const at = (clock: string) => new Date(`2026-11-25T${clock}:00+08:00`).toISOString()
const minutes = (n: number) => new Date(NOW + n * 60_000).toISOString()

const hospitalOf = (
  id: string,
  kind: 'hub' | 'branch',
  name: string,
  name_en: string,
): Schemas['HospitalOut'] => ({
  id,
  kind,
  name,
  name_en,
  licence_name: name,
  time_zone: 'Asia/Shanghai',
  coordinator_phone: '021-5555-0120',
  endorsement: true,
  review: true,
  version: 1,
})

export const session = (...roles: Schemas['Role'][]) =>
  sessionOf('王怀瑾', {
    hospitals: [
      hospitalOf('ruijin', 'hub', '瑞金医院', 'Ruijin'),
      hospitalOf('wuxi', 'branch', '无锡分院', 'Wuxi'),
      hospitalOf('jiashan', 'branch', '嘉善分院', 'Jiashan'),
    ],
    roles,
    server_time: new Date(NOW).toISOString(),
    demo: true,
  })

const person = (
  id: string,
  name: string,
  name_en: string,
  title: Schemas['Title'],
  hospital_id = 'ruijin',
  department = '心内科',
  department_en = 'Cardiology',
): Schemas['PersonOut'] => ({
  id,
  name,
  name_en,
  title,
  hospital_id,
  department,
  department_en,
  phone: '',
})

const lead = person('a1', '王怀瑾', 'Wang Huaijin', 'chief')
const xu = person('u4', '许知遥', 'Xu Zhiyao', 'attending', 'wuxi')

const taking = (
  who: Schemas['PersonOut'],
  role: Schemas['ParticipantRole'],
  answer: Schemas['ParticipantOut']['answer'],
  present = false,
): Schemas['ParticipantOut'] => ({
  person: who,
  role,
  required: role !== 'guest',
  answer,
  answered_at: null,
  proposed_start: null,
  proposed_end: null,
  words: '',
  present,
  joined_at: null,
  left_at: null,
  waiting: false,
})

const STEPS =
  'submitted approved accepted scheduled ready in_progress signed acknowledged executing closed'
const REACHED = ['10:44', '10:47', '10:52', '11:02', '11:12']
const BY = ['许知遥', '韩月白', '江望舒', '江望舒', '']
const steps = STEPS.split(' ').map((key, i): Schemas['StepOut'] => ({
  key,
  reached_at: REACHED[i] ? at(REACHED[i]) : null,
  by_name: BY[i] ?? '',
  by_name_en: '',
  by_id: i === 0 ? 'u4' : null,
  seconds: [540, 180, 300, 600, 480][i] ?? null,
  current: i === 4,
  due_at: null,
  holder: i === 4 ? 'participants' : '',
  planned_at: i === 5 ? at('11:30') : null,
}))

const check = (
  key: string,
  ok: boolean,
  detail: Record<string, unknown> = {},
  clock: string | null = null,
): Schemas['CheckOut'] => ({
  key,
  ok,
  blocks: key !== 'accompanying_here',
  at: clock && at(clock),
  detail,
})

const event = (kind: string, clock: string, by_name: string): Schemas['EventOut'] => ({
  id: `${kind} ${clock}`,
  kind,
  at: at(clock),
  recorded_at: at(clock),
  by: null,
  by_name,
  by_name_en: '',
  role: '',
  data: {},
})

const study = (
  description: string,
  received: number,
  more: Partial<Schemas['StudyOut']> = {},
): Schemas['StudyOut'] => ({
  hospital_id: 'wuxi',
  study_uid: `2.25.${received}`,
  description,
  taken_at: at('08:20'),
  modalities: ['CT'],
  series: 3,
  received,
  expected: received,
  complete: true,
  link: 'confirmed',
  differs: false,
  ...more,
})

const measure = (
  name: string,
  value: string,
  unit: string,
  flag: Schemas['Measure']['flag'] = '',
): Schemas['Measure'] => ({ code: signOf(name), name, value, unit, flag })

export const consultation: Schemas['ConsultationOut'] = {
  version: 12,
  id: 'c1',
  number: 'HZ-20261125-017',
  case_id: 'k1',
  state: 'ready',
  state_since: at('11:12'),
  state_reason: null,
  state_due_at: at('11:30'),
  sign_due_at: at('12:44'),
  urgency: 'urgent',
  mode: 'live',
  elective: false,
  patient_present: true,
  branch_id: 'wuxi',
  hub_id: 'ruijin',
  department_en: 'Cardiology',
  patient: {
    version: 1,
    id: 'p1',
    hospital_id: 'wuxi',
    name: '陈远山',
    pinyin: 'chen yuan shan',
    department_en: 'Cardiology',
    sex: 'male',
    birth_date: '1968-04-12',
    estimated_age: null,
    temporary: false,
    allergy: 'known',
    allergy_text: '青霉素（皮疹）',
    critical: true,
    isolation: false,
    department: '心内科',
    ward: 'CCU',
    bed: 'CCU 3 床',
    source: 'typed',
    sourced_at: null,
    identifiers: [{ kind: 'admission', issuer_hospital: 'wuxi', value: '0026118842' }],
  },
  content: {
    department: '心内科',
    ward: 'CCU',
    bed: 'CCU 3 床',
    attending: '许知遥',
    attending_phone: '',
    purpose:
      '1. 是否有急诊 TEVAR 指征，何时干预？\n2. 血压、心率目标与用药调整？\n3. 能否安全转运至瑞金，途中条件？',
    diagnosis: '急性主动脉夹层（Stanford B 型）',
    history:
      '今日 06:40 突发胸背部撕裂样疼痛，07:35 到急诊，08:20 主动脉 CTA 示 Stanford B 型夹层，09:05 收入 CCU。高血压 12 年，服药不规律，最高 200/110 mmHg；吸烟 30 年；无糖尿病，无外伤史，无家族猝死史。降压镇痛 1.5 小时后血压仍 168/96 mmHg，疼痛 NRS 5 分；尿量 30 mL/h，双下肢足背动脉搏动对称，无截瘫表现。',
    past_history: '',
    examination: '',
    vitals: [
      measure('右上肢血压', '168/96', 'mmHg', 'high'),
      measure('左上肢血压', '154/90', 'mmHg', 'high'),
      measure('心率', '92', '次/分'),
      measure('SpO₂ 鼻导管 3 L/min', '97', '%'),
      measure('呼吸', '20', '次/分'),
      measure('疼痛 NRS', '5', '分'),
    ],
    vitals_at: at('11:10'),
    tests: [
      measure('D-二聚体', '8.62', 'mg/L FEU', 'high'),
      measure('肌酐', '118', 'μmol/L', 'high'),
      measure('hs-cTnT', '0.018', 'μg/L'),
      measure('乳酸', '2.4', 'mmol/L', 'high'),
      measure('血红蛋白', '132', 'g/L'),
      measure('血钾', '3.9', 'mmol/L'),
    ],
    tests_at: at('08:05'),
    treatment: '艾司洛尔 100 μg/(kg·min) 泵入（09:15 起）；乌拉地尔 12 mg/h 泵入（09:30 起）',
    medicines: '吗啡 3 mg 静注（09:20、10:15）',
    specialty: 'cardiology',
    title_wanted: 'chief',
    expert_wanted: null,
    wishes: [],
    studies: [],
    no_images: false,
    images_from_radiographer: false,
    filled: {},
  },
  missing: [],
  requester: xu,
  accompanying: xu,
  lead,
  endorsed_by: null,
  approved_by: null,
  hub_department_id: null,
  starts_at: at('11:30'),
  ends_at: at('12:10'),
  started_at: null,
  ended_at: null,
  venue: '会诊室 2',
  venue_en: 'Consultation room 2',
  steps,
  checks: [
    check('consent', true, { kinds: ['patient'] }, '10:38'),
    check('packet', true, { have: 3, of: 3 }),
    check('images', true, { received: 612, expected: 612 }),
    check('identity', true, { waiting: 0 }),
    check('credential', true, { until: '2027-06-30' }),
    check('devices_hub', true, {}, '11:09'),
    check('devices_branch', true, {}, '11:05'),
    check('accompanying_here', false),
  ],
  participants: [
    taking(lead, 'lead', 'accepted'),
    taking(
      person('u2', '谢听澜', 'Xie Tinglan', 'associate_chief', 'ruijin', '血管外科', 'Vascular'),
      'expert',
      'accepted',
    ),
    taking(xu, 'accompanying', 'accepted', true),
    taking(
      person('u5', '唐砚书', 'Tang Yanshu', 'attending', 'wuxi', '麻醉科', 'Anaesthesia'),
      'guest',
      'invited',
    ),
  ],
  packet_version: 3,
  packet_locked_at: at('11:12'),
  packet: [
    {
      id: 'f1',
      kind: 'file',
      title: '12 导联心电图',
      checklist: 'ecg',
      file_id: null,
      media_type: 'image/png',
      hospital_id: 'wuxi',
      study_uid: null,
      reason: null,
      supplement: false,
      added_at: at('10:20'),
    },
  ],
  studies: [
    study('主动脉 CTA', 612),
    study('胸部 CT 平扫', 188, { taken_at: '2024-03-18T09:00:00+08:00', series: 1 }),
  ],
  consents: [],
  history: [
    event('consultation.submit', '10:44', '许知遥'),
    event('consultation.approve', '10:47', '韩月白'),
    event('consultation.accept', '10:52', '江望舒'),
    event('consultation.book', '11:02', '江望舒'),
    event('consultation.make_ready', '11:12', ''),
    event('participant.joined', '11:14', '许知遥'),
  ],
  actions: ['interrupt'],
  my_answer: 'accepted',
  may_join: true,
}

const row = (
  id: string,
  patient_name: string,
  patient_sex: Schemas['Sex'],
  patient_age: number,
  title: string,
  more: Partial<Schemas['RowOut']> = {},
): Schemas['RowOut'] => ({
  id,
  version: 3,
  number: null,
  state: 'submitted',
  state_since: minutes(-60),
  state_due_at: minutes(60),
  urgency: 'routine',
  mode: 'live',
  branch_id: 'wuxi',
  patient_id: `p-${id}`,
  patient_name,
  patient_pinyin: '',
  patient_sex,
  patient_age,
  allergy: 'not_asked',
  department: '心内科',
  department_en: 'Cardiology',
  bed: '6 床',
  title,
  lead_name: '',
  lead_name_en: '',
  starts_at: null,
  ...more,
})

const item = (
  kind: Schemas['WorkKind'],
  left: number,
  about: Schemas['RowOut'],
  actions: Schemas['Action'][] = [],
): Schemas['WorkOut'] => ({
  id: `w-${about.id}`,
  kind,
  role: null,
  urgency: about.urgency,
  created_at: minutes(left - 120),
  due_at: minutes(left),
  subject: about.id,
  patient: null,
  consultation: about,
  note: {},
  actions,
})

export const home: Schemas['HomeOut'] = {
  ringing: [
    {
      consultation: row('c0', '何采薇', 'female', 66, '', {
        urgency: 'stat',
        state: 'approved',
        branch_id: 'jiashan',
        department: '急诊科',
        bed: '抢救 2 床',
      }),
      question: '下壁 ST 段抬高心肌梗死，胸痛 50 分钟：溶栓还是直接转运？',
      patient_present: true,
      since: minutes(-1.1),
      may_take: true,
      names_lead: false,
    },
  ],
  next: [
    {
      consultation: row('c1', '陈远山', 'male', 58, '急性主动脉夹层（Stanford B 型）', {
        urgency: 'urgent',
        bed: 'CCU 3 床',
        lead_name: '王怀瑾',
        lead_name_en: 'Wang Huaijin',
      }),
      role: 'lead',
      starts_at: at('11:30'),
      ends_at: at('12:10'),
      venue: '会诊室 2',
      venue_en: 'Consultation room 2',
      ready: 7,
      checks: 7,
      may_join: true,
      waiting_for_me: false,
    },
  ],
  items: [
    item('endorse', -50, row('c2', '秦望渡', 'male', 77, '慢性心力衰竭急性加重，利尿剂抵抗'), [
      'endorse',
    ]),
    item(
      'review',
      5,
      row('c3', '吴松年', 'male', 64, 'CTPA：肺动脉主干充盈缺损', { urgency: 'urgent' }),
      ['approve', 'return'],
    ),
    item(
      'invite',
      38,
      row('c4', '冯映雪', 'female', 35, '围产期心肌病，LVEF 30%，是否转入', { urgency: 'urgent' }),
    ),
    item('accept', 220, row('c5', '罗素心', 'female', 53, '持续性心房颤动，导管消融还是药物？'), [
      'accept',
    ]),
    item('sign', 290, row('c6', '郑云舒', 'female', 42, '梗阻性肥厚型心肌病，减容术式选择')),
    item('write', 370, row('c7', '朱望岳', 'male', 49, '房颤合并慢性肾脏病 4 期，抗凝方案')),
    item('acknowledge', 1380, row('c8', '周若梅', 'female', 71, '主动脉瓣重度狭窄，TAVR 评估')),
    item('execute', 1380, row('c9', '谢云岫', 'female', 58, '二尖瓣重度反流，手术时机与方式')),
    item('book', 2880, row('c10', '孙长庚', 'male', 69, '腹主动脉瘤 EVAR 评估')),
  ],
  server_time: new Date(NOW).toISOString(),
}

const entry = (
  id: string,
  title: string,
  title_en: string,
  from: string,
  to: string,
  more: Partial<Schemas['AgendaEntry']> = {},
): Schemas['AgendaEntry'] => ({
  version: 1,
  id,
  kind: 'round',
  state: 'booked',
  hidden: false,
  title,
  title_en,
  subject: null,
  starts_at: at(from),
  ends_at: at(to),
  expires_at: null,
  booked_by: '',
  booked_by_en: '',
  note: '',
  resources: [],
  mine: false,
  venue: '',
  venue_en: '',
  hospitals: ['wuxi'],
  ...more,
})

export const today: Schemas['AgendaOut'] = {
  items: [
    entry('s1', '心内二病区查房', 'Round, Cardiology II', '10:20', '11:00'),
    entry('s2', '会诊 陈远山', 'Consultation Chen Yuanshan', '11:30', '12:10', {
      kind: 'consultation',
      subject: 'c1',
      venue: '会诊室 2',
      venue_en: 'Room 2',
    }),
    entry('s3', '心脏团队病例讨论', 'Heart team conference', '14:30', '15:30', {
      hospitals: ['ruijin'],
    }),
  ],
}

/** The consultations list. */
export const page: Schemas['Page'] = {
  items: home.items.flatMap(({ consultation: found }) => (found ? [found] : [])),
  next: null,
}
