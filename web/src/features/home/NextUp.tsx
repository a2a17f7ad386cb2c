/** The next activity to join, with the page's filled button. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import type { Schemas } from '../../api/client'
import { useNow } from '../../api/clock'
import { useFormat } from '../../i18n/format'
import { useAhead, useExpected } from '../../kit/AheadLink'
import { Countdown, useElapsed } from '../../kit/Countdown'
import { Dotted } from '../../kit/Dotted'
import { EmptyState } from '../../kit/EmptyState'
import { Pill } from '../../kit/Pill'
import { usePatientWords } from '../../kit/patient'
import { usePeopleWords } from '../../kit/people'
import { UrgencyTag } from '../../kit/UrgencyTag'
import { kindOf } from './kinds'
import css from './NextUp.module.css'
import { stands } from './view'

/** The time until it begins, or since it should have. */
function Begins({ at }: { at: string }) {
  const { t } = useTranslation()
  const gone = useElapsed(at)
  if (useNow() < Date.parse(at)) return <Countdown due={at} form="until" />
  return <>{t('count.started', { time: gone })}</>
}

/** A consultation by how urgent it is; a round is none. */
function Kind({ next }: { next: Schemas['NextOut'] }) {
  const { t } = useTranslation()
  if (next.activity === 'round') return <Pill tone="brand">{t('home.groups.rounds')}</Pill>
  return <UrgencyTag urgency={next.urgency} />
}

export function NextUp({ next }: { next: Schemas['NextOut'] | null }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const { brief, place } = usePatientWords()
  const { hospital, named } = usePeopleWords()
  const navigate = useNavigate()
  const kindOfNext = next ? kindOf(next.activity) : undefined
  const room = next?.may_join && kindOfNext ? kindOfNext.room(next.activity_id) : null
  const soon = useAhead(room)
  useExpected(room)
  if (!next)
    return (
      <section className={`${css.next} ${css.none}`} aria-label={t('home.next')}>
        <EmptyState title={t('home.none_next')} />
      </section>
    )
  const { activity_id: id, patient, starts_at, ready, checks, waiting_for_me } = next
  const kind = kindOfNext
  const round = next.activity === 'round'
  const where = next.venue && named({ name: next.venue, name_en: next.venue_en })
  const lead = named({ name: next.lead_name, name_en: next.lead_name_en })
  const lies = patient && place({ ...patient, hospital: hospital(patient.hospital_id) })
  const line = [
    lies,
    lead && t(round ? 'home.round.lead' : 'home.lead', { name: lead }),
    where,
  ].filter(Boolean)
  return (
    <section className={css.next} aria-label={t('home.next')}>
      <div className={css.when}>
        <b>{starts_at ? moment(starts_at) : t(`home.${stands(next)}`)}</b>
        {starts_at && (
          <span className="small">
            <Begins at={starts_at} />
          </span>
        )}
      </div>
      <div className={css.what}>
        <p className={css.title}>
          <Kind next={next} />
          {kind ? (
            <Link className={css.question} to={kind.page(id)}>
              {next.title || t('consultation.title')}
            </Link>
          ) : (
            next.title && <b>{next.title}</b>
          )}
          {patient && <b>{brief(patient)}</b>}
        </p>
        <div className="secondary">
          <Dotted>{line}</Dotted>
        </div>
      </div>
      {waiting_for_me ? (
        <Pill tone="urgent">{t('home.other_side')}</Pill>
      ) : (
        starts_at !== null && // what an emergency still lacks holds nothing up
        checks > 0 && (
          <Pill tone={ready === checks ? 'done' : 'urgent'}>
            {t('home.ready', { met: String(ready), all: String(checks) })}
          </Pill>
        )
      )}
      {kind && (
        <Button
          type="primary"
          className={css.enter ?? ''}
          disabled={!next.may_join}
          {...soon}
          onClick={() => void navigate(kind.room(id))}
        >
          {t(round ? 'home.round.enter' : 'consultation.enter')}
        </Button>
      )}
    </section>
  )
}
