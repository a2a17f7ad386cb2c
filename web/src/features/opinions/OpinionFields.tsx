/** The fields of an opinion: the question, analysis, diagnosis, advice and key images. */
import { Input } from 'antd'
import { lazy, Suspense, useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Consultation } from '../../consultation/view'
import { useView } from '../../kit/draft/useDraft'
import { SECTIONS } from './content'
import { contentOf, type OpinionDraft } from './draft'
import css from './opinions.module.css'
import type { Content } from './queries'
import { RowsSection } from './RowsSection'
import { useOwners } from './useOwners'

/** By itself: the case page, which shows an opinion without its fields, is near its limit. */
const KeyImages = lazy(() => import('../keyImages/KeyImages'))

type Props = {
  draft: OpinionDraft
  consultation: Consultation | undefined
  missing: readonly string[]
}

export function OpinionFields({ draft, consultation, missing }: Props) {
  const { t } = useTranslation()
  useView(draft)
  const content = contentOf(draft)
  const owners = useOwners(consultation)
  const change = (part: Partial<Content>) => draft.set(part)
  return (
    <>
      {consultation?.content.purpose && (
        <section className={css.section}>
          <div className={css.label}>
            <h3>{t('opinions.purpose')}</h3>
          </div>
          <p className="secondary">{consultation.content.purpose}</p>
        </section>
      )}
      <Words
        title={t('opinions.analysis')}
        hint={t('opinions.analysis_hint')}
        required
        rows={4}
        wrong={missing.includes('analysis')}
        value={content.analysis}
        onChange={(analysis) => change({ analysis })}
      />
      <Words
        title={t('opinions.diagnosis')}
        required
        rows={2}
        wrong={missing.includes('diagnosis')}
        value={content.diagnosis}
        onChange={(diagnosis) => change({ diagnosis })}
      />
      {SECTIONS.map((section) => (
        <RowsSection
          key={section}
          section={section}
          content={content}
          owners={owners}
          missing={missing}
          onChange={change}
        />
      ))}
      <Suspense fallback={null}>
        <KeyImages
          images={content.key_images}
          missing={missing}
          sided
          onChange={(key_images) => change({ key_images })}
        />
      </Suspense>
      <Words
        title={t('opinions.reservations')}
        hint={t('opinions.reservations_hint')}
        rows={1}
        value={content.reservations}
        onChange={(reservations) => change({ reservations })}
      />
    </>
  )
}

type WordsProps = {
  title: string
  hint?: string
  required?: boolean
  rows: number
  wrong?: boolean
  value: string
  onChange: (value: string) => void
}

function Words({ title, hint, required, rows, wrong, value, onChange }: WordsProps) {
  const id = useId()
  return (
    <div className={css.section}>
      <label className={css.label} htmlFor={id}>
        <span>
          {title}
          {required && <span className={css.required}> *</span>}
        </span>
      </label>
      <Input.TextArea
        id={id}
        {...(hint ? { placeholder: hint } : {})}
        status={wrong ? 'error' : ''}
        autoSize={{ minRows: rows, maxRows: 16 }}
        maxLength={8000}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  )
}
