/** 查房: what is to come within four weeks, what was, and the series. */
import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { useRole } from '../../api/session'
import { PageHead } from '../../kit/PageHead'
import { paths } from '../../paths'
import { WardsTab } from './board/WardsTab'
import { NeedsTab } from './needs/NeedsTab'
import css from './rounds.module.css'
import { Sessions } from './Sessions'
import { SeriesTab } from './series/SeriesTab'

const TABS = ['ahead', 'past', 'series', 'needs', 'wards'] as const

export function Component() {
  const { t } = useTranslation()
  const [params, setParams] = useSearchParams()
  const oversees = useRole('coordinator', 'expert', 'senior_doctor')
  const plans = useRole('coordinator')
  const tabs = TABS.filter((each) => ({ wards: oversees, needs: plans })[each as 'wards'] ?? true)
  const tab = tabs.find((each) => each === params.get('show')) ?? 'ahead'
  return (
    <>
      <PageHead
        title={t('rounds.title')}
        actions={
          <Link className="target" to={paths.roundNotes()}>
            {t('rounds_notes.title')}
          </Link>
        }
      />
      <div className={css.page}>
        <Segmented
          className={css.tabs ?? ''}
          aria-label={t('rounds.tabs')}
          value={tab}
          options={tabs.map((value) => ({
            value,
            label: value === 'wards' ? t('rounds_board.wards.tab') : t(`rounds.tab.${value}`),
          }))}
          onChange={(show) => setParams({ show }, { replace: true })}
        />
        {tab === 'series' && <SeriesTab />}
        {tab === 'needs' && <NeedsTab />}
        {tab === 'wards' && <WardsTab />}
        {(tab === 'ahead' || tab === 'past') && <Sessions key={tab} show={tab} />}
      </div>
    </>
  )
}
