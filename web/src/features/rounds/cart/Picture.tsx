/** The lead large, the own picture small, who speaks; while images are shown the lead is small above them. */
import { SoundOutlined, UserOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../i18n/format'
import { useProblemText } from '../../../kit/problemText'
import { Watermark } from '../../room/pictures/Watermark'
import { useRefusals } from '../../room/useRefusals'
import { usePeers } from '../../room/visit/usePeers'
import { Video } from '../../room/visit/Video'
import { opensAt } from '../live/opens'
import { isAhead, type Round } from '../live/queries'
import { useMeeting } from '../live/useInside'
import css from './picture.module.css'
import type { Bedside } from './useBedside'

type Props = { round: Round; bedside: Bedside; small: boolean; look: string | null }

export function Picture({ round, bedside, small, look }: Props) {
  const { state } = bedside
  return (
    <div className={css.video} data-small={small}>
      {state?.phase === 'in' ? (
        <People round={round} bedside={bedside} look={look} />
      ) : (
        <Closed round={round} bedside={bedside} />
      )}
      <Watermark />
    </div>
  )
}

function Closed({ round, bedside }: { round: Round; bedside: Bedside }) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const text = useProblemText()
  const { state, refusal, again } = bedside
  const opens = dateTime(new Date(opensAt(round)).toISOString())
  const said = state
    ? t(`rounds_live.room.${state.phase === 'ended' ? 'out' : 'entering'}`)
    : isAhead(round)
      ? t('rounds_live.room.opens', { at: opens })
      : t('rounds_live.room.closed')
  return (
    <div className={css.blank} role="status">
      <p>{said}</p>
      {refusal && <p>{text(refusal)}</p>}
      {again && (
        <Button size="large" onClick={again}>
          {t('rounds_live.room.again')}
        </Button>
      )}
    </div>
  )
}

type PeopleProps = Pick<Props, 'round' | 'bedside' | 'look'>

function People({ round, bedside, look }: PeopleProps) {
  const { t } = useTranslation()
  const state = bedside.state as NonNullable<Bedside['state']>
  useRefusals(state.problem)
  const named = usePeers(useMeeting(round))
  const { people, mode, speakers, remote, local } = state
  const other = people.find(({ id }) => mode.publishers.includes(id))
  const speaking = people.filter(({ id }) => speakers.includes(id)).map((each) => named(each).name)
  const came = other && remote[other.id]
  const seen = other?.tracks.some(({ source, muted }) => source === 'camera' && !muted) ?? false
  const who = other && named(other)
  const { camera } = local.sources
  return (
    <>
      {who && came ? (
        <figure className={css.other} aria-label={t('room.tile.of', { name: who.name })}>
          <Video
            stream={came.stream}
            label={t('room.tile.video', { name: who.name })}
            hidden={!seen}
            speaker={local.speaker}
          />
          {!seen && (
            <span className={css.blank}>
              <UserOutlined aria-hidden />
              {t('room.tile.camera_off')}
            </span>
          )}
          <figcaption className={css.caption}>
            <b>{who.name}</b> {[who.title, who.from].filter(Boolean).join(' · ')}
            {other.sub === round.lead?.id && <span>{t('rounds_cart.leads')}</span>}
          </figcaption>
        </figure>
      ) : (
        <p className={css.blank} role="status">
          {t(`rounds_live.room.${state.publishing ? 'alone' : 'follows'}`)}
        </p>
      )}
      {speaking.length > 0 && (
        <p className={css.speaks} role="status">
          <SoundOutlined aria-hidden />{' '}
          {t('rounds_cart.speaks', { who: speaking.join(t('state.comma')) })}
        </p>
      )}
      {state.publishing && camera && (
        <figure className={css.own} aria-label={t('room.tile.own')}>
          <Video stream={local.stream} label={t('room.own.title')} silent hidden={camera.muted} />
          <figcaption>
            {[t('rounds_cart.own'), camera.muted ? t('room.own.off') : look]
              .filter(Boolean)
              .join(' · ')}
          </figcaption>
        </figure>
      )}
    </>
  )
}
