/** 影像核对: the waiting studies, and for one of them header and record side by side. */
import { Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../kit/EmptyState'
import { Loaded } from '../../kit/Loaded'
import { PageHead } from '../../kit/PageHead'
import { Pill } from '../../kit/Pill'
import { PanelSkeleton } from '../../kit/Skeletons'
import css from './check.module.css'
import { type LinkState, type Study, studiesQuery } from './checkQueries'
import { plainName, rowsOf } from './compare'
import { Identity } from './Identity'
import { useStudyWords } from './studyWords'
import { TextMark } from './TextMark'

const STATES: readonly LinkState[] = ['proposed', 'confirmed', 'rejected']

export function Component() {
  const { t } = useTranslation()
  const [state, setState] = useState<LinkState>('proposed')
  return (
    <>
      <PageHead
        title={t('studies.check.title')}
        note={t('studies.check.note')}
        actions={
          <Segmented
            aria-label={t('studies.check.filter')}
            value={state}
            onChange={setState}
            options={STATES.map((value) => ({ value, label: t(`studies.state.${value}`) }))}
          />
        }
      />
      <Loaded
        query={studiesQuery(state)}
        what={t('studies.check.title')}
        skeleton={<PanelSkeleton rows={6} rowHeight={64} />}
      >
        {(studies) =>
          studies.length === 0 ? (
            <EmptyState
              title={t(`studies.check.none.${state}`)}
              hint={t('studies.check.none_hint')}
            />
          ) : (
            <Split key={state} studies={studies} />
          )
        }
      </Loaded>
    </>
  )
}

function Split({ studies }: { studies: Study[] }) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<string | null>(null)
  const study = studies.find(({ id }) => id === chosen) ?? studies[0]
  return (
    <div className={css.split}>
      <ul className={css.list} aria-label={t('studies.check.list')}>
        {studies.map((one) => (
          <li key={one.id}>
            <Entry study={one} current={one.id === study?.id} onOpen={() => setChosen(one.id)} />
          </li>
        ))}
      </ul>
      {study && <Identity key={`${study.id}/${study.version}`} study={study} />}
    </div>
  )
}

type EntryProps = { study: Study; current: boolean; onOpen: () => void }

function Entry({ study, current, onOpen }: EntryProps) {
  const { t } = useTranslation()
  const words = useStudyWords()
  const differing = rowsOf(study, study.patient).filter(({ agrees }) => !agrees).length
  return (
    <button type="button" className={css.entry} aria-current={current} onClick={onOpen}>
      <b>
        {plainName(study.header_name) || '—'} {study.header_number}
      </b>
      <TextMark study={study} />
      <span>{words.title(study)}</span>
      <span className="secondary small">
        {[words.taken(study), words.count(study), words.accession(study)]
          .filter(Boolean)
          .join(t('viewer.comma'))}
      </span>
      <span className={css.pills}>
        {study.hidden ? (
          <Pill tone="stat">{t('studies.study.hidden')}</Pill>
        ) : study.state === 'confirmed' && differing === 0 ? (
          <Pill tone="done">{t('studies.state.confirmed')}</Pill>
        ) : (
          <Pill tone="urgent">{t('studies.check.differing', { count: differing })}</Pill>
        )}
      </span>
    </button>
  )
}
