/** 加床: beds that are added while the round goes on. The ward puts them forward; the lead takes them on here. */
import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Pill } from '../../../kit/Pill'
import { TAKES_LIST } from '../queries'
import { useLive } from './context'
import type { Round } from './queries'
import css from './runSheet.module.css'
import { toDecide } from './sheet'

const AddBedDrawer = lazy(() => import('./AddBedDrawer'))

export function AddBed({ round }: { round: Round }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const leads = useLive().is('lead')
  if (!TAKES_LIST.has(round.state) || !(leads || round.may_add)) return null
  const n = toDecide(round).length
  return (
    <div className={css.add}>
      <Button type="link" icon={<PlusOutlined aria-hidden />} onClick={() => setOpen(true)}>
        {t('rounds_live.add.do')}
      </Button>
      {n > 0 && (
        <Pill tone="urgent">{t(`rounds_live.add.${leads ? 'asked' : 'waits'}`, { count: n })}</Pill>
      )}
      {open && (
        <Suspense>
          <AddBedDrawer round={round} leads={leads} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  )
}
