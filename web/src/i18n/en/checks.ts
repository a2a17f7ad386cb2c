import type { Filled } from '../shape'
import type { checks as zh } from '../zh-CN/checks'

export const checks = {
  consent: 'Consent',
  packet: 'Required documents',
  images: 'Images complete',
  identity: 'Identity of images',
  credential: 'Lead’s credential',
  devices_hub: 'Hub devices, network',
  devices_branch: 'Branch devices, network',
  accompanying_here: 'Accompanying doctor',
  evidence: {
    items: '{{have}} / {{of}}',
    no_images: 'none needed',
    count: '{{received}} / {{expected}}',
    received: '{{received}}, total unknown',
    none: 'not received',
    waiting: '{{n}} to check',
    until: 'until {{date}}',
    no_lead: 'no lead named',
    tested: 'passed {{at}}',
    failed: 'failed {{at}}',
    untested: 'not tested in 24 h',
    arrived: 'here {{at}}',
    not_here: 'not here',
    valid: 'valid',
    expired: 'none or expired',
    missing: 'not given',
    confirmed: 'checked',
  },
  consent_kind: {
    patient: 'patient',
    relative: 'relative',
    telephone: 'by telephone',
    emergency: 'emergency',
  },
} satisfies Filled<typeof zh>
