/** Offers unsent text: when it was typed, what it is, and whether the server's text has changed since. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format'
import { Notice } from '../Notice'
import css from './UnsentOffer.module.css'
import type { Offer } from './useUnsent'

type Props = {
  offer: Offer
  /** The field's label. */
  name: (field: string) => string
  /** The value as text; empty if the label is enough. */
  text: (field: string, value: unknown) => string
  /** Takes it over into the editor. Absent if the document can no longer be written; then it can be copied. */
  onRestore?: (offer: Offer) => void
}

export function UnsentOffer({ offer, name, text, onRestore }: Props) {
  const { t, i18n } = useTranslation()
  const { moment } = useFormat()
  const separator = i18n.language === 'en' ? ', ' : '、'
  const listed = (fields: readonly string[]) => [...new Set(fields.map(name))].join(separator)
  const rows = Object.entries(offer.left)
    .map(([field, value]) => ({ field, words: text(field, value) }))
    .filter(({ words }) => words)
  const restore = () => {
    onRestore?.(offer)
    offer.close()
  }
  return (
    <Notice
      tone="urgent"
      action={
        <span className={css.buttons}>
          <Button size="small" onClick={offer.close}>
            {t('unsent.refuse')}
          </Button>
          {onRestore && (
            <Button size="small" type="primary" onClick={restore}>
              {t('unsent.restore')}
            </Button>
          )}
        </span>
      }
    >
      {t('unsent.title', {
        at: moment(new Date(offer.at).toISOString()),
        fields: listed(Object.keys(offer.left)),
      })}
      {onRestore && offer.changed.length > 0 && (
        <> {t('unsent.changed', { fields: listed(offer.changed) })}</>
      )}
      {!onRestore && <> {t('unsent.locked')}</>}
      {rows.length > 0 && (
        <details className={css.words}>
          <summary>{t('unsent.show')}</summary>
          {rows.map(({ field, words }) => (
            <p key={field}>
              <b>{name(field)}</b> {words}
            </p>
          ))}
        </details>
      )}
    </Notice>
  )
}
