/** The picture: the bedside for the lead, the lead for the bedside. Everybody else follows without sound and picture. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../i18n/format'
import { Notice } from '../../../kit/Notice'
import { useProblemText } from '../../../kit/problemText'
import { OwnTile, PeerTile } from '../../room/pictures/Tile'
import { Watermark } from '../../room/pictures/Watermark'
import { useRefusals } from '../../room/useRefusals'
import { Problems } from '../../room/visit/Problems'
import { usePeers } from '../../room/visit/usePeers'
import css from './live.module.css'
import { opensAt } from './opens'
import { isAhead, type Round } from './queries'
import { type Inside, useMeeting } from './useInside'

type Props = { round: Round; inside: Inside | null }

export function RoomSide({ round, inside }: Props) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  if (inside) return <Visited round={round} inside={inside} />
  return (
    <p className={css.closed} role="status">
      {round.learns
        ? t('rounds_live.room.learns')
        : isAhead(round)
          ? t('rounds_live.room.opens', { at: dateTime(new Date(opensAt(round)).toISOString()) })
          : t('rounds_live.room.closed')}
    </p>
  )
}

function Visited({ round, inside }: { round: Round; inside: Inside }) {
  const { t } = useTranslation()
  const text = useProblemText()
  const { visit, state, refusal } = inside
  useRefusals(state.problem)
  if (state.phase === 'ended')
    return (
      <div className={css.closed} role="status">
        <p>{t(`rounds_live.room.${refusal ? 'refused' : 'out'}`)}</p>
        {refusal && <Notice tone="urgent">{text(refusal)}</Notice>}
        {state.end?.reason !== 'no_access' && (
          <Button size="small" onClick={() => visit.join()}>
            {t('rounds_live.room.again')}
          </Button>
        )}
      </div>
    )
  if (state.phase !== 'in')
    return (
      <p className={css.closed} role="status">
        {refusal ? text(refusal) : t('rounds_live.room.entering')}
      </p>
    )
  return <Pictures round={round} inside={inside} />
}

function Pictures({ round, inside }: { round: Round; inside: Inside }) {
  const { t } = useTranslation()
  const { visit, state } = inside
  const meeting = useMeeting(round)
  const { people, mode, publishing, local } = state
  const other = people.find(({ id }) => mode.publishers.includes(id))
  const mine = local.sources.mic || local.sources.camera
  const named = usePeers(meeting)
  const names = [state.me, ...people]
    .filter((each) => each !== null)
    .map((each) => named(each).name)
  return (
    <section className={css.room} aria-label={t('rounds_live.room.title')}>
      <div className={css.video}>
        {publishing && other ? (
          <PeerTile peer={other} state={state} consultation={meeting} />
        ) : (
          <p className={css.closed}>{t(`rounds_live.room.${publishing ? 'alone' : 'follows'}`)}</p>
        )}
        {publishing && mine && <OwnTile state={state} consultation={meeting} />}
        <Watermark />
      </div>
      {publishing && <Problems media={visit.media} />}
      <p className={css.people}>
        {t('rounds_live.room.people', { count: names.length })}{' '}
        <span>{names.join(t('state.comma'))}</span>
      </p>
      {publishing && <p className={css.people}>{t('rounds_live.room.others')}</p>}
    </section>
  )
}
