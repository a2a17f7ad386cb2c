/** The left column of the room: video, other members, people at the bedside, and who knocks. */
import { useTranslation } from 'react-i18next'
import type { Call, CallState, Peer } from '../../../call'
import type { Consultation } from '../../../consultation/view'
import { isBeside } from '../visit/beside'
import { usePeers } from '../visit/usePeers'
import { InView } from './InView'
import { Knock, knocks } from './Knock'
import { OwnTile, PeerTile } from './Tile'
import css from './tiles.module.css'

type Props = { call: Call; state: CallState; consultation: Consultation }

export function People({ call, state, consultation: c }: Props) {
  const { t } = useTranslation()
  const { people, mode, publishing } = state
  const seated = people.filter((each) => mode.publishers.includes(each.id))
  const others = people.filter((each) => !mode.publishers.includes(each.id))
  return (
    <section className={css.people} aria-label={t('room.tile.section')}>
      {seated.map((each) => (
        <PeerTile key={each.id} peer={each} state={state} consultation={c} />
      ))}
      {people.length === 0 && <p className={css.alone}>{t('room.tile.alone')}</p>}
      {publishing ? (
        <OwnTile state={state} consultation={c} />
      ) : (
        <p className={css.note} role="status">
          {t(isBeside(c.id) ? 'consultation.beside_device' : 'room.tile.no_seat')}
        </p>
      )}
      {others.length > 0 && (
        <ul className={css.rows} aria-label={t('room.tile.others')}>
          {others.map((each) => (
            <Row key={each.id} peer={each} consultation={c} />
          ))}
        </ul>
      )}
      <InView call={call} state={state} consultation={c} />
      <div className={css.knocks}>
        {knocks(state).map((each) => (
          <Knock key={each.id} peer={each} call={call} consultation={c} />
        ))}
      </div>
    </section>
  )
}

function Row({ peer, consultation }: { peer: Peer; consultation: Consultation }) {
  const { t } = useTranslation()
  const { name, title, from } = usePeers(consultation)(peer)
  return (
    <li>
      <b>{name}</b> {title}
      <span className="secondary small">
        {from} ·{' '}
        {t(peer.state === 'reconnecting' ? 'room.tile.reconnecting' : 'room.tile.no_media')}
      </span>
    </li>
  )
}
