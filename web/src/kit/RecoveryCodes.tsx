/** Recovery codes, shown once: to be printed or written down. Printing prints them alone. */
import { type Ref, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import css from './Enrolment.module.css'
import { Printed } from './Printed'

export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const { t } = useTranslation()
  const top = useRef<HTMLHeadingElement>(null)
  useEffect(() => top.current?.focus(), [])
  return (
    <div className={css.form}>
      <Sheet codes={codes} top={top} />
      <Printed>
        <Sheet codes={codes} />
      </Printed>
      <button type="button" className={css.quiet} onClick={() => window.print()}>
        {t('signin.factor.print')}
      </button>
      <button type="button" className={css.submit} onClick={onDone}>
        {t('signin.factor.kept')}
      </button>
    </div>
  )
}

function Sheet({ codes, top }: { codes: string[]; top?: Ref<HTMLHeadingElement> }) {
  const { t } = useTranslation()
  return (
    <section className={css.sheet}>
      <h3 ref={top} tabIndex={-1}>
        {t('signin.factor.codes')}
      </h3>
      <p>{t('signin.factor.codes_hint')}</p>
      <ul className={css.codes}>
        {codes.map((each) => (
          <li key={each}>
            <code>{each}</code>
          </li>
        ))}
      </ul>
    </section>
  )
}
