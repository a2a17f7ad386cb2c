/** The readiness gate on the case page; who will join can test their devices here with one click. */
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session'
import { useCheckWords } from '../../consultation/checkWords'
import type { Consultation } from '../../consultation/view'
import { Readiness } from './Readiness'

// Loaded when needed, because the test needs all of the call's code.
const OwnTest = lazy(() => import('./OwnTest'))

export function Gate({ consultation: c }: { consultation: Consultation }) {
  const { t } = useTranslation()
  const { actor } = useSession()
  const checkWords = useCheckWords()
  const [testing, setTesting] = useState(false)
  const side = c.lead?.id === actor.id ? 'hub' : c.accompanying?.id === actor.id ? 'branch' : null
  const own = `devices_${side}`
  const test = (
    <Button size="small" onClick={() => setTesting(true)} disabled={testing}>
      {t('consultation.test_devices')}
    </Button>
  )
  const checks = c.checks.map((check) =>
    check.key === own && !check.ok ? { ...checkWords(check), action: test } : checkWords(check),
  )
  return (
    <Readiness
      checks={checks}
      note={
        testing && (
          <Suspense fallback={null}>
            <OwnTest id={c.id} />
          </Suspense>
        )
      }
    />
  )
}
