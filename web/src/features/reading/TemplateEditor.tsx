/** One template: its texts with choices and blanks, what a normal report reads like, and its earlier versions. */
import { useQuery } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { useFormat } from '../../i18n/format'
import { Field } from '../../kit/Field'
import { Notice } from '../../kit/Notice'
import { usePeopleWords } from '../../kit/people'
import { useAct } from '../../kit/useAct'
import { PARTS, textOf } from './reportDraft'
import { normal } from './slots'
import {
  retireTemplate,
  saveTemplate,
  type Template,
  type TemplateIn,
  versionsQuery,
} from './templates'
import css from './templates.module.css'
import { PARTS_OF_BODY } from './words'

const MODALITIES = ['CT', 'MR', 'CR', 'DX', 'MG', 'US', 'PT', 'NM', 'XA', 'RF']

const begun = (from: Template | null): TemplateIn => ({
  name: from?.name ?? '',
  modality: from?.modality ?? 'CT',
  part: from?.part ?? 'chest',
  ...textOf(from ?? {}),
})

type Props = {
  template: Template | null
  readOnly: boolean
  onTyped: (typed: boolean) => void
  onSaved: (saved: Template) => void
}

export function TemplateEditor({ template, readOnly, onTyped, onSaved }: Props) {
  const { t } = useTranslation()
  const [text, setText] = useState(() => begun(template))
  const [lacking, setLacking] = useState(false)
  const set = (more: Partial<TemplateIn>) => {
    setText((old) => ({ ...old, ...more }))
    onTyped(true)
  }
  const done = {
    changes: { 'report-template': '*' } as const,
    onDone: (saved: Template) => onSaved(saved),
  }
  const saving = useAct({
    run: () => saveTemplate(template, text),
    done: t('reading.template.saved'),
    ...done,
  })
  const retiring = useAct({
    run: (of: Template) => retireTemplate(of),
    done: t('reading.template.retired_now'),
    ...done,
  })
  const save = () => {
    const lacks = !text.name.trim() || !text.findings.trim()
    setLacking(lacks)
    if (!lacks) saving.mutate()
  }
  const missing = (of: string) =>
    lacking && !of.trim() ? { error: t('reading.template.needed') } : {}
  return (
    <section className={css.editor} aria-label={text.name || t('reading.template.new')}>
      {template?.retired && <Notice>{t('reading.template.is_retired')}</Notice>}
      {readOnly && <p className="secondary">{t('reading.template.who_edits')}</p>}
      <Head text={text} readOnly={readOnly} set={set} missing={missing(text.name)} />
      {!readOnly && <p className="secondary small">{t('reading.template.how')}</p>}
      {PARTS.map((part) => (
        <Field
          key={part}
          label={t(`reading.report.${part}`)}
          required={part === 'findings'}
          {...(part === 'findings' ? missing(text.findings) : {})}
        >
          {(ids) => (
            <Input.TextArea
              {...ids}
              readOnly={readOnly}
              autoSize={{ minRows: part === 'findings' ? 6 : 2, maxRows: 20 }}
              value={text[part] ?? ''}
              onChange={({ target }) => set({ [part]: target.value })}
            />
          )}
        </Field>
      ))}
      <Normal of={text} />
      {template && <Versions template={template} onUse={(old) => set(begun(old))} />}
      {!readOnly && (
        <div className={css.acts}>
          <Button type="primary" loading={saving.isPending} onClick={save}>
            {t('reading.template.save')}
          </Button>
          {template && !template.retired && (
            <Button loading={retiring.isPending} onClick={() => retiring.mutate(template)}>
              {t('reading.template.retire')}
            </Button>
          )}
        </div>
      )}
    </section>
  )
}

type HeadProps = {
  text: TemplateIn
  readOnly: boolean
  set: (more: Partial<TemplateIn>) => void
  missing: { error?: string }
}

function Head({ text, readOnly, set, missing }: HeadProps) {
  const { t } = useTranslation()
  return (
    <div className={css.head}>
      <Field label={t('reading.template.name')} required {...missing}>
        {(ids) => (
          <Input
            {...ids}
            readOnly={readOnly}
            maxLength={40}
            value={text.name}
            onChange={({ target }) => set({ name: target.value })}
          />
        )}
      </Field>
      <Field label={t('reading.template.modality')}>
        {(ids) => (
          <Select
            {...ids}
            disabled={readOnly}
            value={text.modality}
            options={MODALITIES.map((value) => ({ value, label: value }))}
            onChange={(modality: string) => set({ modality })}
          />
        )}
      </Field>
      <Field label={t('reading.ask_part')}>
        {(ids) => (
          <Select
            {...ids}
            disabled={readOnly}
            value={text.part}
            options={PARTS_OF_BODY.map((value) => ({ value, label: t(`reading.part.${value}`) }))}
            onChange={(part: Schemas['Part']) => set({ part })}
          />
        )}
      </Field>
    </div>
  )
}

/** What is submitted if nothing else is chosen. */
function Normal({ of }: { of: TemplateIn }) {
  const { t } = useTranslation()
  const text = textOf(of)
  return (
    <div className={css.normal}>
      <h3>{t('reading.template.normal')}</h3>
      {PARTS.filter((part) => text[part].trim()).map((part) => (
        <p key={part}>{normal(text[part])}</p>
      ))}
    </div>
  )
}

function Versions({ template, onUse }: { template: Template; onUse: (old: Template) => void }) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const { named } = usePeopleWords()
  const { data } = useQuery(versionsQuery(template.key))
  const earlier = data?.items.filter(({ number }) => number < template.number) ?? []
  const by = (of: Template) =>
    of.saved_at
      ? t('reading.report.by', {
          who: named({ name: of.saved_by, name_en: of.saved_by_en }),
          at: dateTime(of.saved_at),
        })
      : t('reading.template.built_in')
  return (
    <div className={css.versions}>
      <p className="secondary">
        {t('reading.template.version', { number: String(template.number) })} · {by(template)}
      </p>
      {earlier.map((each) => (
        <p key={each.number} className="secondary">
          {t('reading.template.version', { number: String(each.number) })} · {by(each)}{' '}
          <Button type="link" onClick={() => onUse(each)}>
            {t('reading.template.use')}
          </Button>
        </p>
      ))}
    </div>
  )
}
