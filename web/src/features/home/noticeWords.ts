/** What a notice says, in one sentence: nothing of the patient. */
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { isTold, type Told } from '../../consultation/told'
import { useFormat } from '../../i18n/format'
import type { OnlyLasts } from '../../kit/onlyLasts'

type Notice = Schemas['NoticeOut']

/** Ladders of which more is to say than that something is due. */
const OWN = [
  'critical_value',
  'critical_call',
  'meeting',
  'readiness',
  'signing',
  'expiry',
  'hold',
  'closing',
  'missed',
  'one_sided',
  'bedside',
  'ending',
  'draft',
] as const
type Own = (typeof OWN)[number]
const isOwn = (ladder: string): ladder is Own => OWN.some((one) => one === ladder)

/** What is due, in words; what rings has its own band. */
type Ladder = Exclude<Notice['ladder'], OnlyLasts | 'stat' | 'lead_awaited' | Own | Told>

/** Whether it says that something is due, and not when a meeting is or what has happened. */
export const isDue = ({ ladder, activity_id }: Notice): boolean =>
  activity_id !== null && !isOwn(ladder) && !isTold(ladder)

export function useNoticeWords(): (notice: Notice) => string {
  const { t } = useTranslation()
  const { moment } = useFormat()
  return ({ ladder, when, due_at }) => {
    const at = moment(due_at)
    if (isOwn(ladder)) return t(`notices.own.${ladder}.${when}`, { at })
    if (isTold(ladder)) return t(`notices.${ladder}`)
    return t(`notices.said.${when}`, { what: t(`notices.of.${ladder as Ladder}`), at })
  }
}
