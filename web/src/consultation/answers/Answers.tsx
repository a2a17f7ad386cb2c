/** For whoever arranges it: who cannot come and who could instead, which times were proposed and with whom they fit. */
import { CheckOutlined, WarningOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { useFormat } from '../../i18n/format'
import { usePeopleWords } from '../../kit/people'
import { useTakenWords } from '../useBusy'
import type { Consultation } from '../view'
import css from './answers.module.css'
import { answersQuery } from './queries'
import { useMove, useSubstitute } from './useTaking'

type Props = { consultation: Consultation }

export default function Answers({ consultation: c }: Props) {
  const { t } = useTranslation()
  const { data } = useQuery(answersQuery(c))
  if (!data || data.declined.length + data.proposed.length === 0) return null
  return (
    <section className={css.panel} aria-label={t('answers.panel')}>
      {data.declined.map((one) => (
        <Declined key={one.staff_id} consultation={c} one={one} />
      ))}
      {data.proposed.map((one) => (
        <Proposed key={one.staff_id} consultation={c} one={one} />
      ))}
    </section>
  )
}

/** The name of somebody who takes part. */
function useWho({ participants }: Consultation) {
  const { withTitle } = usePeopleWords()
  return (id: string) => {
    const found = participants.find(({ person }) => person.id === id)
    return found ? withTitle(found.person) : ''
  }
}

function Declined({ consultation: c, one }: Props & { one: Schemas['DeclinedOut'] }) {
  const { t } = useTranslation()
  const { withTitle } = usePeopleWords()
  const who = useWho(c)
  const take = useSubstitute(c)
  const { substitutes, role } = one
  const accompanies = role === 'accompanying'
  return (
    <div className={css.answer}>
      <b>{t('answers.cannot', { who: who(one.staff_id), words: one.words })}</b>
      {accompanies && <span className="secondary small">{t('answers.branch')}</span>}
      {!accompanies && (
        <span className="secondary small">
          {t(substitutes.length > 0 ? 'answers.instead' : 'answers.nobody')}
        </span>
      )}
      {substitutes.length > 0 && (
        <span className={css.acts}>
          {substitutes.map((person) => (
            <Button
              key={person.id}
              loading={take.isPending && take.variables?.by === person.id}
              disabled={take.isPending}
              onClick={() => take.mutate({ before: one, by: person.id })}
            >
              {t('answers.take', { who: withTitle(person) })}
            </Button>
          ))}
        </span>
      )}
    </div>
  )
}

function Proposed({ consultation: c, one }: Props & { one: Schemas['ProposedOut'] }) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const { moment, time } = useFormat()
  const taken = useTakenWords()
  const who = useWho(c)
  const move = useMove(c)
  const { venue_id, fits, clashes, words } = one
  const when = `${moment(one.starts_at)}–${time(one.ends_at)}`
  const said = { who: who(one.staff_id), when }
  return (
    <div className={css.answer}>
      <b>{words ? t('answers.proposes_for', { ...said, words }) : t('answers.proposes', said)}</b>
      <ul className="small">
        {fits && clashes.length === 0 && (
          <li className={css.good}>
            <CheckOutlined aria-hidden /> {t('answers.fits')}
          </li>
        )}
        {clashes.map((clash) => (
          <li key={`${clash.booking_id} ${clash.resource_id}`} className={css.warn}>
            <WarningOutlined aria-hidden />{' '}
            {t('answers.in_way', { who: named(clash), what: taken([clash]) })}
          </li>
        ))}
        {venue_id === null && (
          <li className={css.warn}>
            <WarningOutlined aria-hidden /> {t('answers.no_room')}
          </li>
        )}
      </ul>
      {fits && venue_id !== null && (
        <span className={css.acts}>
          <Button loading={move.isPending} onClick={() => move.mutate({ ...one, venue_id })}>
            {t('answers.move')}
          </Button>
        </span>
      )}
    </div>
  )
}
