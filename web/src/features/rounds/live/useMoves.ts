/** What this person may do now to move the round on; the first of it is the filled button. */
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../../api/clock'
import { usePatientWords } from '../../../kit/patient'
import { useLive } from './context'
import type { Opened } from './Dialogs'
import type { Item, Round } from './queries'
import { sheetOf } from './sheet'

export type Primary = {
  label: string
  hint: string
  busy: boolean
  act: () => void
  /** It goes to the next bed. */
  next: boolean
  ends: boolean
}
type Pause = { paused: boolean; busy: boolean; act: () => void }
export type Moves = {
  primary: Primary | null
  pause: Pause | null
  defer: (() => void) | null
  skip: (() => void) | null
  end: (() => void) | null
}

/** What must be asked before: there is a list that is not ready. */
export const asksWhy = ({ state }: Round): boolean =>
  state === 'list_open' || state === 'list_locked'

export function useMoves(round: Round, shown: Item | null, onOpen: (one: Opened) => void): Moves {
  const { act, pending } = useLive()
  const { actions, state } = round
  const may = (one: Round['actions'][number]) => actions.includes(one)
  const goes = state === 'live' || state === 'paused'
  const pauses = goes && (may('pause') || may('resume'))
  const pause = pauses
    ? {
        paused: state === 'paused',
        busy: pending('pause', 'resume'),
        act: () => void act({ kind: state === 'paused' ? 'resume' : 'pause' }),
      }
    : null
  const on = (one: 'defer' | 'skip') =>
    goes && shown?.actions.includes(one) ? () => onOpen(one) : null
  return {
    primary: usePrimary(round, shown, onOpen, pause),
    pause,
    defer: on('defer'),
    skip: on('skip'),
    end: (goes || state === 'converted') && may('complete') ? () => onOpen('end') : null,
  }
}

function usePrimary(
  round: Round,
  shown: Item | null,
  onOpen: (one: Opened) => void,
  pause: Pause | null,
): Primary | null {
  const { t } = useTranslation()
  const patients = usePatientWords()
  const { act, pending } = useLive()
  const { actions, state, items, current_id } = round
  const plain = { hint: '', busy: false, next: false, ends: false }
  const may = (one: Round['actions'][number]) => actions.includes(one)
  if (may('start'))
    return {
      ...{ ...plain, label: t('rounds_live.bar.start'), busy: pending('start') },
      act: () => (asksWhy(round) ? onOpen('start') : void act({ kind: 'start' })),
    }
  if (pause?.paused) return { ...plain, ...pause, label: t('rounds_live.bar.resume') }
  if (state === 'converted' && shown?.actions.includes('discuss'))
    return {
      ...{ ...plain, label: t('rounds_live.bar.discuss'), busy: pending('discuss') },
      act: () => void act({ kind: 'discuss', item_id: shown.id }),
    }
  const { next } = sheetOf(round, serverNow())
  if (state === 'live' && next?.actions.includes('present')) {
    const current = items.find(({ id }) => id === current_id)
    const begun = current || items.some(({ spent }) => spent > 0)
    const name = next.patient ? patients.name(next.patient) : ''
    return {
      label: t(`rounds_live.bar.${begun ? 'next' : 'first'}`, { bed: next.bed, name }).trim(),
      hint: current?.unread ? t('rounds_live.bar.unread', { count: current.unread }) : '',
      busy: pending('present'),
      act: () => {
        if (!pending('present')) void act({ kind: 'present', item_id: next.id })
      },
      next: true,
      ends: false,
    }
  }
  const over = state === 'live' || state === 'converted'
  if (over && !next && may('complete'))
    return { ...plain, label: t('rounds_live.bar.end'), act: () => onOpen('end'), ends: true }
  return null
}
