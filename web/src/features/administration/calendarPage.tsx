/** 工作日历: on which days and at what hours a hospital works; public holidays hold for all, own days for one. */
import { Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useSession } from '../../api/session'
import { AdminTabs } from '../../kit/AdminTabs'
import { Leaving } from '../../kit/Leaving'
import { Loaded } from '../../kit/Loaded'
import { Notice } from '../../kit/Notice'
import { PageHead } from '../../kit/PageHead'
import { usePeopleWords } from '../../kit/people'
import { PanelSkeleton } from '../../kit/Skeletons'
import css from './administration.module.css'
import { DayList } from './DayList'
import { HoursPanel } from './HoursPanel'
import { calendarQuery, useYear } from './queries'
import { YearPanel } from './YearPanel'
import type { Calendar, Edits, Whose } from './year'

const BEFORE = 1
const AFTER = 2

export function Component() {
  const { t } = useTranslation()
  const year = useYear()
  return (
    <>
      <PageHead title={t('workdays.title')} note={t('workdays.note')}>
        <AdminTabs />
      </PageHead>
      <div className={css.page}>
        <Loaded
          query={calendarQuery(year)}
          what={t('workdays.title')}
          skeleton={<PanelSkeleton rows={10} />}
        >
          {(calendar) => <Page key={calendar.year} calendar={calendar} />}
        </Loaded>
      </div>
    </>
  )
}

function Page({ calendar }: { calendar: Calendar }) {
  const { t } = useTranslation()
  const { actor } = useSession()
  const { hospital } = usePeopleWords()
  const [, setSearch] = useSearchParams()
  const [edits, setEdits] = useState<Record<Whose, Edits>>({ all: new Map(), own: new Map() })
  const [whose, setWhose] = useState<Whose>(calendar.may_edit_all ? 'all' : 'own')
  const { year, this_year, years } = calendar
  const offered = Array.from({ length: BEFORE + AFTER + 1 }, (_, n) => this_year - BEFORE + n)
  const all = [...new Set([...offered, year])].sort()
  return (
    <>
      <div className={css.acts}>
        <Segmented
          aria-label={t('workdays.year')}
          value={year}
          options={all.map((value) => ({
            value,
            label: years.includes(value)
              ? String(value)
              : t('workdays.year_missing', { year: String(value) }),
          }))}
          onChange={(value) => setSearch({ year: String(value) })}
        />
        {calendar.may_edit_all && (
          <Segmented<Whose>
            aria-label={t('workdays.whose')}
            value={whose}
            options={[
              { value: 'all', label: t('workdays.of_all') },
              {
                value: 'own',
                label: t('workdays.of_own', { hospital: hospital(actor.hospital_id) }),
              },
            ]}
            onChange={setWhose}
          />
        )}
      </div>
      {!years.includes(year) && (
        <Notice tone="urgent">
          {calendar.may_edit_all
            ? t('workdays.missing', { year: String(year) })
            : t('workdays.missing_hub', { year: String(year) })}
        </Notice>
      )}
      <YearPanel
        calendar={calendar}
        whose={whose}
        edits={edits[whose]}
        onEdits={(next) => setEdits({ ...edits, [whose]: next })}
      />
      <Leaving unsaved={edits.all.size + edits.own.size > 0} />
      <div className={css.halves}>
        <DayList key={whose} whose={whose} />
        <HoursPanel
          key={calendar.hours.version}
          hours={calendar.hours}
          reads={calendar.may_edit_all}
        />
      </div>
    </>
  )
}
