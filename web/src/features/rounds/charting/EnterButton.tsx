/** 录入: for the ward's doctors and nurses; the window is loaded when it is opened. */
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Round } from '../queries'

const EnterDialog = lazy(async () => ({ default: (await import('./EnterDialog')).EnterDialog }))

/** The hub reads what the ward enters. */
export const mayEnter = ({ capacities }: Pick<Round, 'capacities'>): boolean =>
  capacities.some((each) => each === 'doctor' || each === 'nurse' || each === 'senior')

type Props = { patient: string; bed: string; size?: 'small' | 'middle' }

export function EnterButton({ patient, bed, size = 'small' }: Props) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button size={size} onClick={() => setOpen(true)}>
        {t('rounds_charting.enter')}
      </Button>
      {open && (
        <Suspense>
          <EnterDialog patient={patient} bed={bed} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
