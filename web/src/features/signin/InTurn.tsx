/** Signing in, step by step: name and password, then what is owed before anything else. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { confirmFirst, enrolFirst, type Owed, signedIn, stepBack } from '../../api/session'
import { Enrolment } from '../../kit/Enrolment'
import { NewPassword } from './NewPassword'
import type { OwedProps } from './owed'
import { SecondStep } from './SecondStep'
import { SignInForm } from './SignInForm'
import css from './signin.module.css'

type Props = {
  /** Whose session has ended, so that only the password is asked for. */
  known?: string
  owed: Owed | null
  setOwed: (owed: Owed | null) => void
}

export function InTurn({ known = '', owed, setOwed }: Props) {
  const { t } = useTranslation()
  const [late, setLate] = useState(false)
  if (owed === null)
    return <SignInForm known={known} said={late ? t('signin.late') : ''} onDone={setOwed} />
  const ended = () => {
    setLate(true)
    setOwed(null)
  }
  const back = () => void stepBack().finally(() => setOwed(null))
  return (
    <>
      <p className={css.whose}>{t('signin.whose', { name: owed.username })}</p>
      <Next owed={owed} onDone={setOwed} onEnded={ended} />
      <button type="button" className={css.back} onClick={back}>
        {t('signin.back')}
      </button>
    </>
  )
}

function Next(p: OwedProps) {
  if (p.owed.owes === 'second_factor') return <SecondStep {...p} />
  if (p.owed.owes === 'new_password') return <NewPassword {...p} />
  return (
    <Enrolment
      begin={enrolFirst}
      confirm={confirmFirst}
      onDone={() => void signedIn().then(() => p.onDone(null))}
      onEnded={p.onEnded}
    />
  )
}
