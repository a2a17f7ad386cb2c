/** What one's break-glass opens, while it lasts; after it nothing of the patient, and why. */
import { Button } from 'antd'
import { lazy, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { body, client } from '../../api/client'
import { useNow } from '../../api/clock'
import { useFormat } from '../../i18n/format'
import { EmptyState } from '../../kit/EmptyState'
import { Loaded } from '../../kit/Loaded'
import { Notice } from '../../kit/Notice'
import { PageHead } from '../../kit/PageHead'
import { Panel } from '../../kit/Panel'
import { usePatientWords } from '../../kit/patient'
import { usePeopleWords } from '../../kit/people'
import { PanelSkeleton } from '../../kit/Skeletons'
import { useAct } from '../../kit/useAct'
import { paths } from '../../paths'
import { useRoots } from '../studies/roots'
import css from './breakGlass.module.css'
import { type Opened, openedQuery } from './queries'

const StudyPanel = lazy(() => import('../studies/StudyPanel'))

export function OpenedPage({ id }: { id: string }) {
  const { t } = useTranslation()
  return (
    <Loaded
      query={openedQuery(id)}
      what={t('break_glass.title')}
      skeleton={<PanelSkeleton rows={8} />}
    >
      {(opened) => <Shown opened={opened} />}
    </Loaded>
  )
}

function Shown({ opened }: { opened: Opened }) {
  const { t } = useTranslation()
  const { hospital } = usePeopleWords()
  const { moment } = useFormat()
  const now = useNow()
  const over = opened.ended_at ?? (now >= Date.parse(opened.until) ? opened.until : null)
  const end = useAct({
    run: () =>
      body(client.POST('/api/break-glass/{id}/end', { params: { path: { id: opened.id } } })),
    changes: { 'break-glass': opened.id },
    done: t('break_glass.done_end'),
  })
  return (
    <>
      <PageHead
        title={t('break_glass.title')}
        note={t('break_glass.of', { hospital: hospital(opened.branch_id) })}
      />
      <div className={css.page}>
        {over ? (
          <Notice
            tone="info"
            action={<Link to={paths.breakGlasses()}>{t('break_glass.again')}</Link>}
          >
            {t('break_glass.over', { at: moment(over) })}
          </Notice>
        ) : (
          <Notice
            tone="urgent"
            action={
              <Button loading={end.isPending} onClick={() => end.mutate()}>
                {t('break_glass.end')}
              </Button>
            }
          >
            {t('break_glass.running', { at: moment(opened.until) })}
          </Notice>
        )}
        {!over && <OfPatient opened={opened} />}
      </div>
    </>
  )
}

function OfPatient({ opened }: { opened: Opened }) {
  const { t } = useTranslation()
  const { brief, number, allergy } = usePatientWords()
  const { patient } = opened
  if (!patient) return null
  return (
    <>
      <Panel title={t('break_glass.patient')}>
        <p className={css.patient}>
          <b>{brief(patient)}</b> {(patient.identifiers ?? []).map(number).join(' · ')}
          <br />
          {allergy(patient.allergy, patient.allergy_text)}
        </p>
      </Panel>
      <Cases opened={opened} />
      <Images opened={opened} />
    </>
  )
}

function Cases({ opened: { cases } }: { opened: Opened }) {
  const { t } = useTranslation()
  const { date } = useFormat()
  const { hospital } = usePeopleWords()
  return (
    <Panel title={t('break_glass.cases')}>
      {cases.length === 0 ? (
        <EmptyState title={t('break_glass.no_cases')} />
      ) : (
        <ul className={css.rows}>
          {cases.map((each) => (
            <li key={each.id} className={css.row}>
              <Link to={paths.consultation(each.id)}>{each.title || each.number}</Link>
              <span className="secondary small">
                {[
                  each.number,
                  t(`consultation.state.${each.state}`),
                  hospital(each.hub_id),
                  each.submitted_at && date(each.submitted_at),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

function Images({ opened: { studies } }: { opened: Opened }) {
  const { t } = useTranslation()
  const roots = useRoots()
  const { hospital } = usePeopleWords()
  // biome-ignore lint/correctness/useExhaustiveDependencies: hospital is new at each render, its names are not
  const shown = useMemo(
    () =>
      studies.map((each) => ({
        hospital: each.hospital_id,
        uid: each.study_uid,
        ...roots,
        hospitalName: hospital(each.hospital_id),
      })),
    [studies, roots],
  )
  return (
    <Panel title={t('break_glass.images')}>
      {shown.length === 0 ? (
        <EmptyState title={t('break_glass.no_images')} />
      ) : (
        <div className={css.viewer}>
          <Suspense fallback={null}>
            <StudyPanel studies={shown} expected={null} />
          </Suspense>
        </div>
      )}
    </Panel>
  )
}
