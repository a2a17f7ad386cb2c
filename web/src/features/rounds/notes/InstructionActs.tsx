/** A doctor of the ward records the order that carries an instruction out, or says why there is none; what needs no
 *  order is carried out in words. */
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../../api/client'
import { byWord } from './queries'

type Props = { one: Schemas['InstructionOut'] }

// The forms, with their calendar, are fetched when they are asked for.
const forms = () => import('./InstructionDialogs')
const Execute = lazy(async () => ({ default: (await forms()).Execute }))
const Decline = lazy(async () => ({ default: (await forms()).Decline }))

export function InstructionActs({ one }: Props) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<'execute' | 'decline' | null>(null)
  const close = () => setAsking(null)
  const n = { n: String(one.n) }
  const what = byWord(one) ? 'done' : 'order'
  return (
    <>
      {one.may.includes('execute') && (
        <Button
          size="small"
          aria-label={t(`rounds_notes.record.${what}_of`, n)}
          onClick={() => setAsking('execute')}
        >
          {t(`rounds_notes.record.${what}`)}
        </Button>
      )}
      {one.may.includes('decline') && (
        <Button
          size="small"
          type="text"
          aria-label={t('rounds_notes.record.decline_of', n)}
          onClick={() => setAsking('decline')}
        >
          {t('rounds_notes.record.decline')}
        </Button>
      )}
      <Suspense fallback={null}>
        {asking === 'execute' && <Execute one={one} onClose={close} />}
        {asking === 'decline' && <Decline one={one} onClose={close} />}
      </Suspense>
    </>
  )
}
