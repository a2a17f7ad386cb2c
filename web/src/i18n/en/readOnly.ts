import type { Filled } from '../shape'
import type { read_only as zh } from '../zh-CN/readOnly'

export const read_only = {
  running:
    'Break-glass: read only, until {{at}}; the medical office of {{hospital}} has been told.',
  over: 'The break-glass ended at {{at}}. Close this page, or open the patient again if you must.',
  opening: 'This break-glass',
} satisfies Filled<typeof zh>
