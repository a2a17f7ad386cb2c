/** The files of an upload: refused ones with the reason first, then those being sent, then the rest. */
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { Pill, type Tone } from '../../../kit/Pill'
import type { Item } from './item'
import type { Snapshot } from './upload'
import css from './upload.module.css'

const ORDER: Record<Item['state'], number> = {
  refused: 0,
  lost: 1,
  conflict: 2,
  sending: 3,
  receiving: 3,
  received: 4,
  waiting: 5,
  unpacked: 6,
  duplicate: 7,
  stored: 8,
}
const TONES: Record<Item['state'], Tone> = {
  refused: 'stat',
  lost: 'urgent',
  conflict: 'urgent',
  sending: 'brand',
  receiving: 'brand',
  received: 'brand',
  waiting: 'quiet',
  unpacked: 'quiet',
  duplicate: 'done',
  stored: 'done',
}
/** The most rows to show; the counts above include all files. */
const SHOWN = 100

export function Files({ now }: { now: Snapshot }) {
  const { t } = useTranslation()
  const items = [...now.items].sort((a, b) => ORDER[a.state] - ORDER[b.state])
  return (
    <div className={css.files}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <ul className={css.list} aria-label={t('studies.upload.list')} tabIndex={0}>
        {items.slice(0, SHOWN).map((item) => (
          <Row key={item.key} item={item} />
        ))}
      </ul>
      {items.length > SHOWN && (
        <p className="secondary small">
          {t('studies.upload.more', { count: items.length - SHOWN })}
        </p>
      )}
    </div>
  )
}

/** An item that changes is another object: of a hundred rows only those few are drawn anew. */
const Row = memo(function Row({ item }: { item: Item }) {
  const { t, i18n } = useTranslation()
  // For an unknown code, show the archive's own sentence.
  const reason = ({ code, sentence }: Item) => {
    const key = `studies.refused.${code}`
    const translate = t as unknown as (key: string) => string
    return i18n.exists(key) ? translate(key) : sentence
  }
  return (
    <li className={css.file}>
      <span className={css.name} title={item.path}>
        {item.path}
      </span>
      <span className={css.why}>{item.state === 'refused' && reason(item)}</span>
      <span className={css.state}>
        {item.state === 'sending' && item.bytes > 0
          ? `${Math.floor((item.sent / item.bytes) * 100)}%`
          : null}
        <Pill tone={TONES[item.state]}>{t(`studies.file.${item.state}`)}</Pill>
      </span>
    </li>
  )
})
