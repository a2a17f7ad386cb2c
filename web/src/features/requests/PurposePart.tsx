/** 会诊目的: the questions, with templates of the specialty and common phrases at hand. */
import { useQuery } from '@tanstack/react-query'
import { App, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Schemas } from '../../api/client'
import { Menu, type MenuEntry } from '../../kit/Menu'
import { useAct } from '../../kit/useAct'
import { paths } from '../../paths'
import { useDraft } from './draft'
import type { Content } from './form'
import { Part } from './Part'
import { begin, templatesQuery } from './queries'
import css from './requests.module.css'
import { fieldId } from './sections'

type Template = Schemas['Template']
const LONGEST = 8000
/** The fields that a template fills, if they are empty. */
const TEMPLATED = ['purpose', 'history', 'past_history', 'treatment', 'medicines'] as const

export function PurposePart() {
  const { t, i18n } = useTranslation()
  const { row, type, missing, fixed } = useDraft()
  const english = i18n.language === 'en'
  const { data } = useQuery(templatesQuery())
  const say = (text: Schemas['Bilingual']) => (english ? text.en : text.zh)
  const { specialty, purpose } = row.content
  const own = (each: { specialty: string | null }) =>
    !each.specialty || each.specialty === specialty
  const phrases = data?.phrases.filter(own) ?? []
  const templates = data?.items.filter(own) ?? []

  const add = (text: string) =>
    type('purpose', [purpose.trimEnd(), text].filter(Boolean).join('\n'))
  const apply = (template: Template) => {
    for (const field of TEMPLATED) {
      const text = template.fields[field]
      if (text && !row.content[field].trim()) type(field as keyof Content, say(text))
    }
  }
  return (
    <Part
      section="purpose"
      extra={
        <>
          {phrases.slice(0, 3).map((phrase) => (
            <button
              key={phrase.text.en}
              type="button"
              className={css.chip}
              disabled={fixed}
              title={say(phrase.text)}
              onClick={() => add(say(phrase.text))}
            >
              {say(phrase.short)}
            </button>
          ))}
          <Choices
            label={t('requests.purpose.phrases')}
            disabled={fixed}
            items={phrases.map(({ text }) => ({
              key: text.en,
              label: say(text),
              onClick: () => add(say(text)),
            }))}
          />
          <Choices
            label={t('requests.purpose.templates')}
            disabled={fixed}
            note={t('requests.purpose.template_note')}
            items={templates.map((template) => ({
              key: template.key,
              label: say(template.title),
              onClick: () => apply(template),
            }))}
          />
          <Earlier />
        </>
      }
    >
      <Input.TextArea
        id={fieldId('purpose')}
        aria-label={t('requests.section.purpose')}
        autoSize={{ minRows: 3, maxRows: 12 }}
        maxLength={LONGEST}
        disabled={fixed}
        placeholder={t('requests.purpose.hint')}
        value={purpose}
        {...(missing.includes('purpose') ? { status: 'warning' as const } : {})}
        onChange={(event) => type('purpose', event.target.value)}
      />
    </Part>
  )
}

function Choices(p: { label: string; disabled: boolean; items: MenuEntry[]; note?: string }) {
  if (p.items.length === 0) return null
  return (
    <Menu items={p.items} disabled={p.disabled}>
      <button type="button" className={css.chip} aria-haspopup="menu" title={p.note}>
        {p.label}
      </button>
    </Menu>
  )
}

/** Begins a new request in the same case with an earlier consultation's text. */
function Earlier() {
  const { t } = useTranslation()
  const { modal } = App.useApp()
  const { row, fixed } = useDraft()
  const navigate = useNavigate()
  const copy = useAct({
    run: (id: string, key: string) => begin({ copy_from: id, urgency: row.urgency }, key),
    changes: { request: '*' },
    onDone: (made) => void navigate(paths.request(made.id)),
  })
  const ask = (id: string, number: string) =>
    void modal.confirm({
      title: t('requests.purpose.copy_title', { number }),
      content: t('requests.purpose.copy_words'),
      okText: t('requests.purpose.copy_confirm'),
      cancelText: t('state.cancel'),
      onOk: () => copy.mutateAsync(id),
    })
  return (
    <Choices
      label={t('requests.purpose.copy')}
      disabled={fixed}
      items={row.earlier.map(({ id, number, title }) => ({
        key: id,
        label: t('requests.purpose.copy_item', { number: number ?? '', title }),
        onClick: () => ask(id, number ?? ''),
      }))}
    />
  )
}
