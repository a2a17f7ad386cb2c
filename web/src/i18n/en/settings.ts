import type { Filled } from '../shape'
import type { settings as zh } from '../zh-CN/settings'

export const settings = {
  accounts: 'Accounts',
  title: 'Hospital settings',
  tabs: {
    departments: 'Departments and wards',
    venues: 'Consultation rooms',
    agreements: 'Hospitals and agreements',
  },
  note: 'Changes apply at once: requests that wait for endorsement or review go on as is set now, and a step that is no longer wanted is passed; what has been sent is not affected',
  endorsement: 'Senior doctor’s endorsement',
  endorsement_hint: 'A senior doctor endorses a request before the medical office reviews it',
  review: 'Medical office review',
  review_hint: 'When off, requests go straight to Ruijin for acceptance',
  phone: 'Coordination centre telephone',
  own_only: 'Read only: only an administrator of {{hospital}} can change this',
  save: 'Save',
  saved: 'Saved',
} satisfies Filled<typeof zh>
