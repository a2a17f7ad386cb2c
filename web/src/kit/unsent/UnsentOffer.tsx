/** Offers what was typed and could not be sent: when, what, and whether the server's text has changed meanwhile. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format'
import { Notice } from '../Notice'
import css from './UnsentOffer.module.css'
import type { Offer } from './useUnsent'

type Props = {
  offer: Offer
  /** The field as the form calls it. */
  name: (field: string) => string
  /** Its value in words; empty where the name says enough. */
  text: (field: string, value: unknown) => string
  /** Takes it over into the editor. None where nothing can be written any more: then it can be copied. */
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
