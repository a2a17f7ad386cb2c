/** 本院报告: a study of one's own hospital, and beside it its report, written as the hub writes its own. */
import { type RefObject, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { useFormat } from '../../i18n/format'
import { Loaded } from '../../kit/Loaded'
import { usePeopleWords } from '../../kit/people'
import { UnderBar } from '../../kit/Shell'
import { Bar } from '../../kit/Skeletons'
import { Theme } from '../../kit/Theme'
import { paths } from '../../paths'
import { dark } from '../../theme'
import type { Cited, StudyRef } from '../../viewer/types'
import { hangingFor } from '../studies/hanging'
import { expectedOf } from '../studies/ofConsultation'
import { useRoots } from '../studies/roots'
import StudyPanel from '../studies/StudyPanel'
import { StudySkeleton } from '../studies/StudySkeleton'
import { OwnReportPanel } from './OwnReport'
import css from './onePage.module.css'
import { type OwnPage, ownReportQuery } from './own'
import type { Caret } from './SlotText'
import { Back, Whose } from './Whose'

export function Component() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  return (
    <Loaded
      query={ownReportQuery(id)}
      what={t('reading.own.title')}
      skeleton={
        <Theme palette={dark}>
          <div className={css.page}>
            <Bar height={44} />
            <StudySkeleton />
          </div>
        </Theme>
      }
      failed={(said) => <UnderBar>{said}</UnderBar>}
    >
      {(page) => (
        <Theme palette={dark}>
          <One key={id} page={page} />
        </Theme>
      )}
    </Loaded>
  )
}

function One({ page }: { page: OwnPage }) {
  const { t } = useTranslation()
  const { identity } = page
  const caret = useRef<Caret | null>(null)
  const sharp = useRef(false)
  return (
    <main className={css.page}>
      <Whose identity={identity}>
        <Back to={paths.ownReports()}>{t('reading.own.list')}</Back>
      </Whose>
      <div className={css.split}>
        <Images {...{ page, caret, sharp }} />
        <aside className={css.aside} aria-label={t('reading.own.title')}>
          <About page={page} />
          <OwnReportPanel {...{ page, caret, sharp }} />
        </aside>
      </div>
    </main>
  )
}

function About({ page: { study, modality } }: { page: OwnPage }) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  return (
    <header className={css.head}>
      <b>
        {modality} {study.description}
      </b>
      <span className="secondary small">
        {[
          study.accession_number && t('reading.accession', { number: study.accession_number }),
          study.taken_at && dateTime(study.taken_at),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </header>
  )
}

type PartProps = { page: OwnPage; caret: RefObject<Caret | null>; sharp: RefObject<boolean> }

function Images({ page, caret, sharp }: PartProps) {
  const { t } = useTranslation()
  const { identity, mine, modality } = page
  const studies = useStudies(page)
  const patient = useMemo(() => expectedOf(identity), [identity])
  const cite = ({ text, seriesNumber, position }: Cited) => {
    const series = seriesNumber === null ? '' : `Se${seriesNumber} `
    const cited = t('reading.report.cited', { text, series, position: String(position) })
    caret.current?.insert(cited, true)
  }
  return (
    <div className={css.images}>
      <StudyPanel
        studies={studies}
        expected={patient}
        keysAtOnce
        hanging={hangingFor(modality, false)}
        onCite={mine ? cite : undefined}
        onSharp={(now) => {
          sharp.current = now
        }}
      />
    </div>
  )
}

/** The same array while nothing has changed. */
function useStudies({ study }: OwnPage): StudyRef[] {
  const roots = useRoots()
  const { hospital } = usePeopleWords()
  const { hospital_id, study_uid: uid, received, expected } = study
  const hospitalName = hospital(hospital_id)
  return useMemo(() => {
    if (received === 0) return []
    const incomplete = expected !== null && received < expected ? { received, expected } : null
    return [{ hospital: hospital_id, hospitalName, ...roots, uid, received, incomplete }]
  }, [hospital_id, hospitalName, roots, uid, received, expected])
}
