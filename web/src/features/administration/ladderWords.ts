/** A ladder in words: its name, whose it is, whom a rung tells, and each rung as one sentence. */
import { useTranslation } from 'react-i18next'
import { usePeopleWords } from '../../kit/people'
import type { Owner, Rung, Shape, Urgency } from './ladder'
import { tells } from './ladder'

const HOUR = 60
const DAY = 24 * HOUR

/** A word that a newer server may send, if it has one here. */
export function useKnown() {
  const { t, i18n } = useTranslation()
  // The key comes from the server: it is looked up at run time and not by the compiler.
  const look = t as unknown as (key: string, values?: object) => string
  return (key: string, other: string, values: object = {}) =>
    look(i18n.exists(key) ? key : other, values)
}

/** How long something lasts, in words. */
function useHowLong() {
  const { t, i18n } = useTranslation()
  const known = useKnown()
  const long = (minutes: number): string => {
    const [n, unit] =
      minutes % DAY === 0
        ? [minutes / DAY, 'd' as const]
        : minutes % HOUR === 0
          ? [minutes / HOUR, 'h' as const]
          : [minutes, 'm' as const]
    return t(`ladders.long.${unit}`, { count: n })
  }
  /** The default time, or one for each urgency where they differ. */
  const usual = (within: Record<string, number>): string => {
    const [first, ...others] = Object.values(within)
    if (first !== undefined && others.every((one) => one === first)) return long(first)
    return Object.entries(within)
      .map(([of, minutes]) =>
        t('ladders.usual_of', {
          urgency: known(`urgency.${of}`, 'ladders.any_urgency'),
          time: long(minutes),
        }),
      )
      .join(t('ladders.usual_and'))
  }
  /** How long it may last, where its ladder may say so. */
  const lasts = (ladder: string, { minutes, counted }: Rung, within: Shape['within']): string => {
    const time = minutes ? long(minutes) : usual(within ?? {})
    const working = counted === 'working' ? t('ladders.lasts_working') : ''
    const own = `ladders.lasts_of.${ladder}`
    if (!i18n.exists(own))
      return t(minutes ? 'ladders.lasts' : 'ladders.lasts_usual', { time, counted: working })
    const said = minutes ? time : t('ladders.by_default', { time })
    return known(own, 'ladders.lasts', { time: said, counted: working })
  }
  /** In an empty field: 默认 2 小时; where the urgencies differ, the sentence says how. */
  const placeholder = (within: Record<string, number>): string => {
    const times = new Set(Object.values(within))
    return t('ladders.usually', { time: times.size === 1 ? usual(within) : '' }).trim()
  }
  return { long, lasts, placeholder }
}

export function useLadderWords() {
  const { t, i18n } = useTranslation()
  const { hospital } = usePeopleWords()
  const known = useKnown()
  const { long, lasts, placeholder } = useHowLong()
  const who = (choice: string, until_taken: boolean): string => {
    const { to, role, at_hub, place } = tells(choice)
    if (to === 'role') {
      const name = known(`role.${role}`, 'ladders.other_role', { role })
      // In English a role stands in the middle of a sentence.
      const role_name = i18n.language === 'en' ? name.toLowerCase() : name
      return t(at_hub ? 'ladders.at_hub' : 'ladders.at_branch', { role: role_name })
    }
    if (to === 'on_duty') return t('ladders.on_duty', { n: String(place + 1) })
    return t(to === 'owners' || until_taken ? 'ladders.owners' : 'ladders.asked')
  }
  return {
    who,
    placeholder,
    name: (ladder: string) => known(`ladders.name.${ladder}`, 'ladders.other', { ladder }),
    owner: ({ hospital_id, agreement_id, number, branch_id }: Owner) =>
      agreement_id
        ? t('ladders.of_agreement', { number, hospital: hospital(branch_id) })
        : hospital_id
          ? t('ladders.of_hospital', { hospital: hospital(hospital_id) })
          : t('ladders.of_all'),
    urgency: (of: Urgency | null) => (of ? t(`urgency.${of}`) : t('ladders.any_urgency')),
    /** One rung, as what happens: 没有人受理：10 分钟后通知总值班（受邀方）。 */
    sentence: (rung: Rung, choice: string, shape: Shape): string => {
      const { ladder, until_taken, within } = shape
      const values = {
        who: who(choice, until_taken),
        time: long(rung.minutes),
        counted: rung.counted === 'working' ? t('ladders.in_working_time') : '',
        not_yet: known(`ladders.not_yet.${ladder}`, 'ladders.not_yet_other'),
      }
      const begins = rung.when === 'due' && within ? lasts(ladder, rung, within) : ''
      if (shape.only_lasts) return begins
      const by_itself = `ladders.by_itself.${ladder}`
      if (rung.when === 'due' && rung.to === 'owners' && i18n.exists(by_itself))
        return begins + known(by_itself, 'ladders.says.due', values)
      const told_when = `ladders.told_when.${ladder}`
      if (rung.when === 'due' && i18n.exists(told_when))
        return t('ladders.says.told', { ...values, when: known(told_when, 'ladders.when.due') })
      const rings = ladder === 'lead_awaited' ? 'awaited' : 'rings'
      const when = until_taken
        ? (`${rings}${rung.when === 'due' ? '' : '_next'}` as const)
        : rung.when
      return (
        begins + t(`ladders.says.${when}`, values) + (rung.again ? t('ladders.says.again') : '')
      )
    },
  }
}
