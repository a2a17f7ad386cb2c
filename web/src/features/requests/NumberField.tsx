/** The admission or outpatient number: Enter reads patient and record from the hospital system. */
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../../api/client'
import { Field } from '../../kit/Field'
import { useProblemText } from '../../kit/problemText'
import { useAct } from '../../kit/useAct'
import type { Admitted } from './fill'
import { useLeftOut } from './leftOut'
import { admitted } from './queries'
import css from './requests.module.css'
import { fieldId } from './sections'

type Props = {
  first?: string
  /** The field that the page is about: large, and ready to be typed into. */
  large?: boolean
  /** Without a label, because the heading above names it. */
  bare?: boolean
  disabled?: boolean
  hint?: string | null
  onFound: (found: Admitted) => void
  /** What stands in the field, for a form that goes on with it. */
  onType?: (number: string) => void
}

export function NumberField({
  first = '',
  large = false,
  bare = false,
  disabled = false,
  hint = null,
  onFound,
  onType,
}: Props) {
  const { t } = useTranslation()
  const text = useProblemText()
  const tell = useLeftOut()
  const [number, setNumber] = useState(first)
  const [wrong, setWrong] = useState<Problem | null>(null)
  const read = useAct({
    run: () => admitted(number),
    onDone: (found) => {
      tell(found)
      onFound(found)
    },
    onProblem: (problem) => {
      setWrong(problem)
      return true
    },
  })
  const ask = () => {
    setWrong(null)
    if (number.trim() && !read.isPending) read.mutate()
  }
  return (
    <Field
      label={bare ? '' : t('requests.begin.number')}
      required={!bare}
      hint={hint}
      error={wrong && text(wrong)}
    >
      {(ids) => (
        <Input
          {...ids}
          id={fieldId('patient_number')}
          autoFocus={large}
          aria-label={t('requests.begin.number')}
          size={large ? 'large' : 'middle'}
          maxLength={64}
          disabled={disabled}
          placeholder={large ? t('requests.begin.number_hint') : ''}
          value={number}
          onChange={(event) => {
            setNumber(event.target.value)
            onType?.(event.target.value)
          }}
          onPressEnter={ask}
          suffix={
            <Button
              size="small"
              type="link"
              loading={read.isPending}
              disabled={disabled || !number.trim()}
              onClick={ask}
            >
              <kbd className={css.key}>Enter</kbd> {t('requests.begin.read')}
            </Button>
          }
        />
      )}
    </Field>
  )
}
