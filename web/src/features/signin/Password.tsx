/** A password's field, which shows what was typed when asked. */
import EyeInvisibleOutlined from '@ant-design/icons-svg/es/asn/EyeInvisibleOutlined'
import EyeOutlined from '@ant-design/icons-svg/es/asn/EyeOutlined'
import LockOutlined from '@ant-design/icons-svg/es/asn/LockOutlined'
import { type Ref, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from './Icon'
import css from './signin.module.css'

type Props = {
  ref?: Ref<HTMLInputElement>
  id: string
  label: string
  complete: 'current-password' | 'new-password'
  wrong: boolean
  /** The ids of what is said of it. */
  said: string
  value: string
  onChange: (value: string) => void
}

export function Password({ ref, id, label, complete, wrong, said, value, onChange }: Props) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(false)
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <span className={css.field}>
        <Icon of={LockOutlined} />
        <input
          ref={ref}
          id={id}
          type={shown ? 'text' : 'password'}
          autoComplete={complete}
          aria-describedby={said}
          aria-invalid={wrong}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
        <button
          type="button"
          aria-label={t(shown ? 'signin.hide' : 'signin.show')}
          onClick={() => setShown(!shown)}
        >
          <Icon of={shown ? EyeOutlined : EyeInvisibleOutlined} />
        </button>
      </span>
    </>
  )
}
