import type { Filled } from '../shape'
import type { search as zh } from '../zh-CN/search'

export const search = {
  title: 'Search',
  open: 'Search',
  open_hint: 'Search (/ or Ctrl+K)',
  label: 'Search patients, consultations, people or pages',
  placeholder: 'Name, pinyin, admission number, consultation number or page',
  found: 'Found',
  their_cases: 'their consultations',
  group: {
    cases: 'Consultations',
    patients: 'Patients of your hospital',
    people: 'People',
    pages: 'Pages',
  },
  state: {
    keys: '↑ ↓ to choose, Enter to open, Esc to close. The audit log notes a search.',
    busy: 'Searching…',
    none: 'Nothing found that you may see.',
    failed: 'The search did not work. Please try again later.',
  },
} satisfies Filled<typeof zh>
