/** Signing in at a device by badge and PIN: the badge is read (a reader types it and presses Enter), the PIN pressed on
 *  the screen or typed. Both stand in fields for passwords, in which no input method works. */
import { Button } from 'antd'
import { type FormEvent, useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { asProblem, type Problem } from '../../api/problem'
import { useProblemText } from '../../kit/problemText'
import { useAct } from '../../kit/useAct'
import { PinPad } from './PinPad'
import { enterByBadge } from './queries'
import css from './screen.module.css'

/** Who has shown a badge and gone away leaves nothing to go on with. */
const FORGET_MS = 60_000

type Props = { onIn: () => void; onBack: () => void }

export function BadgeEntry({ onIn, onBack }: Props) {
  const { t } = useTranslation()
  const [badge, setBadge] = useState('')
  const [why, setWhy] = useState('')
  const wrong = useWrong()
  const again = (said: string) => {
    setBadge('')
    setWhy(said)
  }
  const enter = useAct({
    run: (pin: string) => enterByBadge(badge, pin),
    onDone: onIn,
    onProblem: (problem) => {
      again(wrong(problem))
      return true
    },
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: begins anew with each badge
  useEffect(() => {
    const timer = setTimeout(onBack, FORGET_MS)
    return () => clearTimeout(timer)
  }, [badge])
  return (
    <>
      {badge ? (
        <PinPad busy={enter.isPending} onPin={enter.mutate} />
      ) : (
        <Badge why={why} onBadge={setBadge} />
      )}
      <Button size="large" onClick={badge && !enter.isPending ? () => again('') : onBack}>
        {t(badge ? 'devices.badge.other' : 'devices.enter.cancel')}
      </Button>
    </>
  )
}

function useWrong() {
  const { t } = useTranslation()
  const text = useProblemText()
  return (error: Problem): string => {
    const problem = asProblem(error)
    return problem.extra.reason === 'too_many_from_here'
      ? t('devices.badge.too_many_here')
      : text(problem)
  }
}

function Badge({ why, onBadge }: { why: string; onBadge: (badge: string) => void }) {
  const { t } = useTranslation()
  const id = useId()
  const [read, setRead] = useState('')
  const done = (event: FormEvent) => {
    event.preventDefault()
    if (read.trim()) onBadge(read)
  }
  return (
    <form className={css.badge} onSubmit={done}>
      <label htmlFor={id}>{t('devices.badge.badge')}</label>
      <p className="secondary">{t('devices.badge.how')}</p>
      <div className={css.foot}>
        <input
          // biome-ignore lint/a11y/noAutofocus: a reader types where the keyboard is
          autoFocus
          id={id}
          type="password"
          autoComplete="off"
          maxLength={200}
          aria-describedby={`${id}-why`}
          value={read}
          onChange={({ target }) => setRead(target.value)}
        />
        <Button size="large" type="primary" htmlType="submit">
          {t('devices.badge.next')}
        </Button>
      </div>
      <p id={`${id}-why`} className="late" role="alert">
        {why}
      </p>
    </form>
  )
}
