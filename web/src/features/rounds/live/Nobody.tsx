/** In the place of a bed while the round is at none: what this is, and what comes. */
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../../api/clock'
import { useFormat } from '../../../i18n/format'
import { EmptyState } from '../../../kit/EmptyState'
import { useLive } from './context'
import css from './live.module.css'
import { isAhead, isRunning, type Round } from './queries'
import { sheetOf } from './sheet'

export function Nobody({ round }: { round: Round }) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const { is } = useLive()
  const { next, total } = sheetOf(round, serverNow())
  const at = dateTime(round.starts_at)
  const [title, hint] = isAhead(round)
    ? [t('rounds_live.nobody.ahead', { at }), t('rounds_live.nobody.ahead_hint', { count: total })]
    : isRunning(round) && next
      ? [
          t('rounds_live.nobody.between'),
          t(`rounds_live.nobody.${is('lead', 'doctor') ? 'between_hint' : 'follow_hint'}`),
        ]
      : isRunning(round)
        ? [t('rounds_live.nobody.through'), t('rounds_live.nobody.through_hint')]
        : round.state === 'converted'
          ? [t('rounds_live.nobody.written'), t('rounds_live.nobody.written_hint')]
          : [t(`rounds_live.state.${round.state}`), t('rounds_live.nobody.over_hint')]
  return (
    <section className={css.empty}>
      <EmptyState title={title} hint={hint} />
      <p className="secondary small">{t('rounds_live.not_order')}</p>
    </section>
  )
}
