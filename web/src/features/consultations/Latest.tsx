/** What the hospital system says now, beside what the request says: read when somebody asks for it. */
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Part } from '../../consultation/Story'
import type { Consultation } from '../../consultation/view'
import { withWords } from '../../i18n'
import { MORE, REQUESTS } from '../../i18n/words'
import { Bar } from '../../kit/Skeletons'
import css from './consultation.module.css'

const Chart = lazy(() => withWords(MORE, withWords(REQUESTS, import('../../consultation/Chart'))))

export function Latest({ consultation: c }: { consultation: Consultation }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  if (!c.patient) return null
  return (
    <Part title={t('consultation.chart')}>
      {open ? (
        <Suspense fallback={<Bar height={120} />}>
          <Chart patient={c.patient.id} branch={c.branch_id} />
        </Suspense>
      ) : (
        <Button className={css.open ?? ''} type="link" size="small" onClick={() => setOpen(true)}>
          {t('consultation.chart_open')}
        </Button>
      )}
    </Part>
  )
}
