/** The readiness gate on the case page; who will join can test their devices here with one click, and again later. */
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session'
import { useCheckWords } from '../../consultation/checkWords'
import type { Consultation } from '../../consultation/view'
import { withRoomWords } from '../../i18n'
import { Readiness } from './Readiness'

// Loaded when needed, because the test needs all of the call's code.
const OwnTest = lazy(() => withRoomWords(import('./OwnTest')))

export function Gate({ consultation: c }: { consultation: Consultation }) {
  const { t } = useTranslation()
  const { actor } = useSession()
  const checkWords = useCheckWords()
  const [testing, setTesting] = useState(false)
  const side = c.lead?.id === actor.id ? 'hub' : c.accompanying?.id === actor.id ? 'branch' : null
  const own = `devices_${side}`
  const checks = c.checks.map((check) => {
    const words = checkWords(check)
    if (check.key !== own) return words
    const action = (
      <>
        {check.ok && words.evidence}{' '}
        <Button
          size="small"
          type={check.ok ? 'link' : 'default'}
          onClick={() => setTesting(true)}
          disabled={testing}
        >
          {t(check.ok ? 'consultation.test_again' : 'consultation.test_devices')}
        </Button>
      </>
    )
    return { ...words, action }
  })
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
