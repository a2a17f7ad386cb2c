/** What the reviewer has changed of the report that its author submitted. */
import { useTranslation } from 'react-i18next'
import { changeOf } from '../../kit/changes'
import type { Image } from '../keyImages/image'
import type { ReportText } from './queries'
import css from './report.module.css'
import { imagesOf, PARTS, textOf } from './reportDraft'

type Said = Omit<ReportText, 'template'>

export function Changes({ from, to }: { from: Said | null; to: Said }) {
  const { t } = useTranslation()
  if (!from) return null
  const image = (n: number, { note }: Image) => `${t('key_images.image', { n: String(n) })} ${note}`
  const listed = (of: Said) => imagesOf(of).map((each, i) => image(i + 1, each).trim())
  const [old, now] = [textOf(from), textOf(to)]
  const names = [...PARTS.map((part) => t(`reading.report.${part}`)), t('key_images.title')]
  const texts = [
    ...PARTS.map((part) => [old[part], now[part]]),
    // By their order in what was submitted, so that one that was moved or removed is seen.
    [listed(from).join('；'), sequence(from, to, image).join('；')],
  ]
  const found = texts.flatMap(([before = '', after = ''], i) => {
    const change = changeOf(before, after)
    return change ? [{ name: names[i] ?? '', change }] : []
  })
  if (found.length === 0) return null
  return (
    <div className={css.changes}>
      <h3>{t('reading.report.changed')}</h3>
      {found.map(({ name, change }) => (
        <p key={name}>
          <span className="secondary">{name} </span>
          {change.before}
          {change.removed && <del>{change.removed}</del>}
          {change.added && <ins>{change.added}</ins>}
          {change.after}
        </p>
      ))}
    </div>
  )
}

/** Those that are left, each with the number that it had. */
const sequence = (from: Said, to: Said, said: (n: number, image: Image) => string): string[] => {
  const had = imagesOf(from).map(({ key }) => key)
  return imagesOf(to).map((each) => said(had.indexOf(each.key) + 1, each).trim())
}
