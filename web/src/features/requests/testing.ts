/** A request as the server answers it, and its page, for tests. */
import type { Role } from '../../api/session'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import type { Answers } from '../../testing/server'
import type { Change, Request } from './form'
import { Component } from './page'

/** Nothing to choose from. */
export const lists: Answers = {
  'GET /api/departments': () => ({ items: [] }),
  'GET /api/staff': () => ({ items: [] }),
  'GET /api/request-templates': () => ({ items: [], phrases: [] }),
}

export const openRequest = (row: Request, role: Role, answers: Answers = {}) =>
  openPage({
    path: '/requests/:id',
    at: '/requests/r1',
    page: Component,
    session: session(role),
    answers: { 'GET /api/requests/r1': () => row, ...lists, ...answers },
  })

export const rowOf = (
  more: Partial<Request> = {},
  content: Partial<Request['content']> = {},
): Request => ({
  version: 1,
  id: 'r1',
  number: null,
  state: 'draft',
  state_reason: null,
  urgency: 'urgent',
  mode: 'live',
  patient_present: true,
  elective: false,
  branch_id: 'wuxi',
  hub_id: 'ruijin',
  hubs: ['ruijin'],
  case_id: null,
  patient: null,
  requester: { id: 's1', name: '叶夏至', name_en: 'Ye Xiazhi' },
  accompanying_id: null,
  missing: ['patient', 'purpose', 'consent', 'wishes'],
  returned_missing: [],
  checklist: ['ecg'],
  packet_version: 0,
  packet: [],
  consents: [],
  studies: [],
  others: [],
  earlier: [],
  agreement: null,
  receiver: {
    action: 'review',
    role: 'reviewer',
    hospital_id: 'wuxi',
    people: [],
    within_minutes: 5,
    sign_within_minutes: 120,
  },
  writable: true,
  papers_open: true,
  may_take_consent: true,
  consents_open: true,
  filing_open: true,
  updated_at: '2026-03-02T01:00:00Z',
  department_en: 'Cardiology',
  ...more,
  content: {
    department: '心内科',
    ward: 'CCU',
    bed: '3',
    attending: '许知遥',
    attending_phone: '1',
    purpose: '',
    diagnosis: '夹层',
    history: '胸痛',
    past_history: '',
    examination: '',
    vitals: [],
    vitals_at: null,
    tests: [],
    tests_at: null,
    treatment: '降压',
    medicines: '艾司洛尔',
    specialty: 'cardiology',
    title_wanted: 'chief',
    expert_wanted: null,
    wishes: [],
    studies: [],
    no_images: false,
    images_from_radiographer: false,
    filled: {},
    ...content,
  },
})

/** An emergency without consent that waits for its approval and its paper. */
export const emergency = {
  version: 1,
  id: 'c1',
  number: 'TY-1',
  activity: 'consultation',
  activity_id: 'r1',
  kind: 'emergency',
  state: 'approval',
  lacking: [],
  scopes: ['consult', 'imaging'],
  form_version: '2026-1',
  given_by: '',
  relation: '',
  reason: '生命垂危',
  attempts: '两次致电无人接听',
  witnesses: [],
  file_id: null,
  paper_due: true,
  unobtainable_at: null,
  unobtainable_by_name: '',
  unobtainable_by_name_en: '',
  unobtainable_code: null,
  unobtainable_reason: null,
  at: '2026-03-02T01:00:00Z',
  approved_at: null,
  approved_by_name: '',
  approved_by_name_en: '',
  withdrawn_at: null,
  withdrawn_reason: null,
} satisfies Request['consents'][number]

/** What the server makes of a change. */
export function applied(row: Request, { content, patient_id: _, ...heads }: Change): Request {
  return { ...row, ...heads, content: { ...row.content, ...content } } as Request
}
