/** What the server says of a file; the file itself is sent with each question, so nothing lies about half imported. */
import { type Schemas, send } from '../../api/client'
import type { Language } from '../../i18n'

export type Checked = Schemas['ImportOut']
export type Row = Schemas['ImportRow']
export type State = Row['state']
export type Said = Schemas['ImportText']
/** What was chosen in place of a cell: column, what it says, what it shall say. */
export type Fix = [column: string, text: string, better: string]

/** In the order in which a new installation needs them: each names what comes before it. */
export const KINDS = [
  'departments',
  'staff',
  'wards',
  'venues',
  'agreements',
  'roster',
  'holidays',
] as const
export type Kind = (typeof KINDS)[number]

const url = (kind: string, act: string, fixes: readonly Fix[], language: Language) => {
  const query = new URLSearchParams({ language: language === 'en' ? 'en' : 'zh' })
  if (fixes.length > 0) query.set('fixes', JSON.stringify(fixes))
  return `/api/admin/import/${kind}${act}?${query}`
}

const post = (file: File, to: string) => send(to, { method: 'POST', body: file })

export async function checkFile(
  kind: Kind,
  file: File,
  fixes: readonly Fix[],
  language: Language,
): Promise<Checked> {
  return (await post(file, url(kind, '/check', fixes, language))).json()
}

export async function importFile(
  kind: Kind,
  file: File,
  fixes: readonly Fix[],
  language: Language,
): Promise<Checked> {
  return (await post(file, url(kind, '', fixes, language))).json()
}

export async function faultyRows(
  kind: Kind,
  file: File,
  fixes: readonly Fix[],
  language: Language,
): Promise<Blob> {
  return (await post(file, url(kind, '/faulty', fixes, language))).blob()
}

export const templateUrl = (kind: Kind, language: Language) =>
  `/api/admin/import/${kind}/template?language=${language === 'en' ? 'en' : 'zh'}`
