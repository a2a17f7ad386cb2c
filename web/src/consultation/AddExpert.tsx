/** Adds an expert of the hub to a consultation, before or during the call. */
import { UserAddOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import css from './AddExpert.module.css'
import type { Consultation } from './view'

const ChooseExpert = lazy(() => import('./ChooseExpert'))

export function AddExpert({ consultation: c }: { consultation: Consultation }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  if (!c.may_add_expert) return null
  const button = (
    <Button
      className={css.add ?? ''}
      size="small"
      icon={<UserAddOutlined aria-hidden />}
      onClick={() => setOpen(true)}
    >
      {t('consultation.add_expert')}
    </Button>
  )
  if (!open) return button
  return (
    <Suspense fallback={button}>
      <ChooseExpert consultation={c} onClose={() => setOpen(false)} />
    </Suspense>
  )
}
