/** Sends a test message and says what became of it. */
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { useAct } from '../../kit/useAct'
import css from './telling.module.css'

type Test = Schemas['TestOut']

export function TestButton(p: {
  run: () => Promise<Test>
  /** The sentence where the other server has taken it. */
  sent: string
  disabled?: boolean
  label?: string
}) {
  const { t } = useTranslation()
  const [came, setCame] = useState<Test | null>(null)
  const test = useAct({ run: p.run, onDone: setCame })
  return (
    <>
      <Button
        disabled={p.disabled ?? false}
        loading={test.isPending}
        aria-label={p.label ?? t('telling.test')}
        onClick={() => {
          setCame(null)
          test.mutate()
        }}
      >
        {t('telling.test')}
      </Button>
      <span role="status" className={`${css.came} ${came?.why ? 'late' : 'secondary'}`}>
        {came && (came.why ? t(`telling.why.${came.why}`) : p.sent)}
      </span>
    </>
  )
}
