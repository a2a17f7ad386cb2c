/** The log of a consultation in words. */
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { usePeopleWords } from '../kit/people'
import { useReasonWords } from './reasonWords'
import { useKnownPeople } from './useKnownPeople'
import { type Consultation, wordOr } from './view'

export type Entry = { id: string; at: string; recorded_at: string; what: string; who: string }

/** What nobody need act on: people are told of it, and nothing is due. */
const ONLY_TOLD: ReadonlySet<unknown> = new Set([
  'replaced',
  'called',
  'redirected',
  'arranged',
  'called_off',
])

/** At how many people it rang, or how many were told of what has happened or that something is due. */
function rungWords(t: TFunction, { kind, people, told }: Record<string, unknown>): string {
  const count = Array.isArray(people) ? people.length : 0
  if (count > 0 && told !== true) return t('events.rung.passed_over')
  if (ONLY_TOLD.has(kind)) return t('events.rung.only_told', { count })
  return t(kind === 'ring' ? 'events.rung.rang' : 'events.rung.told', { count })
}

/** Why the signed page of a consent cannot be had. */
function noPaperWords(
  t: TFunction,
  exists: (key: string) => boolean,
  { code, reason }: Record<string, unknown>,
): string {
  const coded = wordOr(t, exists, `acts.no_paper_reasons.${String(code)}`, '')
  return [coded, String(reason)].filter(Boolean).join(t('state.comma'))
}

/** The whole log, newest first. */
export function useHistoryWords(c: Consultation): Entry[] {
  const words = useEntryWords(c)
  return c.history.map(words).reverse()
}

/** For single entries: to word them all is slow where only some are shown. */
export function useEntryWords(c: Consultation): (entry: Consultation['history'][number]) => Entry {
  const { t, i18n } = useTranslation()
  const { named, hospital } = usePeopleWords()
  const reasonWords = useReasonWords()
  const exists = (key: string) => i18n.exists(key)
  const known = useKnownPeople(c)
  const personOf = ({ staff_id }: Record<string, unknown>) =>
    typeof staff_id === 'string' ? known.get(staff_id) : undefined
  /** The person who was added or removed. */
  const namedIn = (data: Record<string, unknown>) =>
    typeof data.name === 'string' ? named(personOf(data) ?? { name: data.name }) : ''
  /** Who was replaced by whom, and why. */
  const replacedWords = (data: Record<string, unknown>): string => {
    const of = (id: unknown, name: unknown) =>
      named((typeof id === 'string' && known.get(id)) || { name: String(name) })
    const code = wordOr(t, exists, `acts.replace_reasons.${String(data.code)}`, '')
    const written = data.reason !== data.code && typeof data.reason === 'string' ? data.reason : ''
    const why = [code, written].filter(Boolean).join(t('state.comma'))
    const names = {
      before: of(data.before_id, data.before_name),
      after: of(data.staff_id, data.name),
    }
    return t('events.replaced', { ...names, why })
  }
  /** To which hub it was redirected, or which sees it now, and why. */
  const hubWords = ({ to_hub_id, hub_id, code, reason }: Record<string, unknown>): string => {
    const coded = wordOr(t, exists, `acts.redirect_reasons.${String(code)}`, '')
    const written = reason !== code && typeof reason === 'string' ? reason : ''
    const why = [code === 'other' ? '' : coded, written].filter(Boolean).join(t('state.comma'))
    const hub = hospital(String(to_hub_id ?? hub_id))
    return why ? t('events.redirected', { hub, why }) : hub
  }
  /** The detail of an event: which file was added, why something was cancelled, declined or returned. */
  const what = (type: string, data: Record<string, unknown>): string => {
    if (type === 'rung.reached') return rungWords(t, data)
    const words = wordOr(t, exists, `events.${type}`, t('events.other'))
    if (type === 'consultation.redirected' || type === 'consultation.received')
      return `${words}${t('state.after_colon')}${hubWords(data)}`
    if (type === 'consent.paper_given_up')
      return `${words}${t('state.after_colon')}${noPaperWords(t, exists, data)}`
    if (typeof data.before_name === 'string' && typeof data.code === 'string')
      return `${words}${t('state.after_colon')}${replacedWords(data)}`
    if (type === 'opinion.taken_over') {
      const who = named(known.get(String(data.before_id)) ?? { name: String(data.before_name) })
      return t(data.kept ? 'events.taken_over_kept' : 'events.taken_over_anew', { who })
    }
    const said = [
      data.checklist ? wordOr(t, exists, `missing.checklist.${data.checklist}`, '') : '',
      namedIn(data),
      data.title,
      data.code ?? data.reason,
    ]
    const found = said.find((one) => typeof one === 'string' && one)
    const detail = typeof found === 'string' ? reasonWords(found) : ''
    // An opinion names the version of the packet that it rests on.
    const version =
      type === 'packet.supplemented' && typeof data.version === 'number'
        ? t('consultation.version', { version: String(data.version) })
        : ''
    const fields = Array.isArray(data.fields)
      ? data.fields.map((field) => wordOr(t, exists, `events.patient_field.${field}`, ''))
      : []
    const details = [detail, version, ...fields].filter(Boolean).join(t('state.comma'))
    return details ? `${words}${t('state.after_colon')}${details}` : words
  }
  return ({ id, type, occurred_at, recorded_at, actor_name, actor_name_en, data }) => {
    const about = namedIn(data) ? undefined : personOf(data) // of a substitute it says the name, and here who decided
    return {
      id,
      at: occurred_at,
      recorded_at,
      what: what(type, data),
      who: named(about ?? { name: actor_name, name_en: actor_name_en }) || t('events.system'),
    }
  }
}
