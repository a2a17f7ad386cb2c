/** The centre's day beside the worklist: every consultation of the hub by time. */
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { serverNow, useNow } from '../../api/clock'
import { useFormat } from '../../i18n/format'
import { Dotted } from '../../kit/Dotted'
import { EmptyState } from '../../kit/EmptyState'
import { Loaded } from '../../kit/Loaded'
import { Panel } from '../../kit/Panel'
import { Pill } from '../../kit/Pill'
import { usePatientWords } from '../../kit/patient'
import { PanelSkeleton } from '../../kit/Skeletons'
import { paths } from '../../paths'
import { siteDay } from '../../zone'
import { useHeldWords } from './heldWords'
import css from './home.module.css'
import { kindOf } from './kinds'
import { centreQuery } from './queries'
import { shownOf, TONES } from './schedule'

export function CentreDay() {
  const { t } = useTranslation()
  const { time } = useFormat()
  const { brief } = usePatientWords()
  const words = useHeldWords()
  const now = useNow()
  return (
    <Panel
      title={t('home.centre')}
      extra={
        <Link className="target" to={paths.centre()}>
          {t('home.centre_print')}
        </Link>
      }
    >
      <Loaded
        query={centreQuery(siteDay(serverNow()))}
        what={t('home.centre')}
        skeleton={<PanelSkeleton rows={4} rowHeight={57} cells={[44, '60%']} />}
      >
        {(held) => {
          const shown = shownOf(held, now)
          return held.length === 0 ? (
            <EmptyState title={t('home.centre_none')} hint={t('home.no_schedule_hint')} />
          ) : (
            <ul>
              {held.map((each, i) => {
                const state = shown[i] ?? 'later'
                const page = kindOf(each.activity)?.page(each.activity_id)
                const who = each.patient ? brief(each.patient) : t('home.no_patient')
                return (
                  <li key={each.activity_id} className={`${css.entry} ${css[state] ?? ''}`}>
                    <time dateTime={each.starts_at}>{time(each.starts_at)}</time>
                    <div>
                      {page ? (
                        <Link className={css.title} to={page}>
                          {who}
                        </Link>
                      ) : (
                        <span className={css.title}>{who}</span>
                      )}
                    </div>
                    {state !== 'later' && (
                      <Pill tone={TONES[state]}>{t(`home.schedule_state.${state}`)}</Pill>
                    )}
                    <div className={`secondary small ${css.parts}`}>
                      <Dotted>{words.parts(each)}</Dotted>
                    </div>
                  </li>
                )
              })}
            </ul>
          )
        }}
      </Loaded>
    </Panel>
  )
}
