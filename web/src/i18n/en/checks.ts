import type { Filled } from '../shape'
import type { checks as zh } from '../zh-CN/checks'

export const checks = {
  consent: 'Consent',
  packet: 'Required documents',
  images: 'Images complete',
  identity: 'Identity of images',
  registration: 'Lead registered here',
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
    others_one: '{{count}} study is not this patient’s',
    others_other: '{{count}} studies are not this patient’s',
    until: 'until {{date}}',
    ended: 'ended {{date}}: guidance only',
    unregistered: 'not registered: guidance only',
    tested: 'passed {{at}}',
    failed: 'failed {{at}}',
    untested: 'not tested in 24 h',
    arrived: 'here {{at}}',
    not_here: 'not here',
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
