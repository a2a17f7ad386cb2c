/** What the reviewer has changed of the report that its author submitted. */
import { useTranslation } from 'react-i18next'
import { changeOf } from './changes'
import css from './report.module.css'
import { PARTS, type Texts, textOf } from './reportDraft'

export function Changes({ from, to }: { from: Texts | null; to: Texts }) {
  const { t } = useTranslation()
  if (!from) return null
  const [old, now] = [textOf(from), textOf(to)]
  const found = PARTS.flatMap((part) => {
    const change = changeOf(old[part], now[part])
    return change ? [{ part, change }] : []
  })
  if (found.length === 0) return null
  return (
    <div className={css.changes}>
      <h3>{t('reading.report.changed')}</h3>
      {found.map(({ part, change }) => (
        <p key={part}>
          <span className="secondary">{t(`reading.report.${part}`)} </span>
          {change.before}
          {change.removed && <del>{change.removed}</del>}
          {change.added && <ins>{change.added}</ins>}
          {change.after}
        </p>
      ))}
    </div>
  )
}
