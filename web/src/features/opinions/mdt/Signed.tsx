/** A section as it was signed, with who signed it and when. */
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../../api/client'
import { useFormat } from '../../../i18n/format'
import { usePeopleWords } from '../../../kit/people'
import css from './mdt.module.css'

export function Signed({ section: s }: { section: Schemas['SignedSection'] }) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const { dateTime } = useFormat()
  return (
    <>
      <p className={css.text}>{s.text}</p>
      <p className="secondary small">
        {t('mdt.signed_at', { name: named(s), at: dateTime(s.signed_at) })}
        {s.earlier && <span className={css.earlier}> · {t('mdt.earlier')}</span>}
      </p>
    </>
  )
}
