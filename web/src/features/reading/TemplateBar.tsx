/** Begins a report with a template of the department, and puts phrases into it. */
import { DeleteOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Dropdown, Select } from 'antd'
import { type RefObject, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Dialog } from '../../kit/Dialog'
import { useAct } from '../../kit/useAct'
import { paths } from '../../paths'
import type { Row } from './queries'
import css from './report.module.css'
import { PARTS, textOf } from './reportDraft'
import type { Caret } from './SlotText'
import {
  dropPhrase,
  inOrder,
  keepPhrase,
  markOf,
  type Phrase,
  type Template,
  templatesQuery,
} from './templates'
import type { TextDraft } from './textDraft'
import { useAltKey } from './useAltKey'

type Props = {
  reading: Pick<Row, 'modality' | 'part'>
  draft: TextDraft
  caret: RefObject<Caret | null>
}

export function TemplateBar({ reading, draft, caret }: Props) {
  const { t } = useTranslation()
  const { data } = useQuery(templatesQuery)
  const [asked, setAsked] = useState<Template | null>(null)
  const { sorted, fits } = inOrder(data?.templates ?? [], reading)

  const apply = (template: Template) => {
    draft.set({ ...textOf(template), template: markOf(template) })
    setAsked(null)
  }
  const choose = (template: Template) => {
    const text = textOf(draft.view().doc)
    if (PARTS.some((part) => text[part].trim())) setAsked(template)
    else apply(template)
  }
  useAltKey('t', () => fits && choose(fits))
  const now = draft.view().doc.template
  const chosen = sorted.find((each) => markOf(each) === now)
  return (
    <div className={css.bar}>
      <Select
        aria-label={t('reading.template.choose')}
        className={css.pick ?? ''}
        placeholder={t('reading.template.choose')}
        value={chosen?.key ?? null}
        options={sorted.map(({ key, name }) => ({ value: key, label: name }))}
        onSelect={(key: string) => {
          const found = sorted.find((each) => each.key === key)
          if (found) choose(found)
        }}
        notFoundContent={t('reading.template.none')}
        popupRender={(list) => (
          <>
            {list}
            <p className={css.more}>
              <Link className="target" to={paths.reportTemplates()}>
                {t('reading.template.title')}
              </Link>
            </p>
          </>
        )}
      />
      {fits && !chosen && (
        <Button onClick={() => choose(fits)} title={fits.name}>
          {t('reading.template.apply')} <kbd>Alt T</kbd>
        </Button>
      )}
      <Phrases phrases={data?.phrases ?? []} caret={caret} />
      {asked && (
        <Dialog
          title={t('reading.template.replace_title')}
          confirm={t('reading.template.replace')}
          onConfirm={() => apply(asked)}
          onClose={() => setAsked(null)}
        >
          {t('reading.template.replace_text', { name: asked.name })}
        </Dialog>
      )}
    </div>
  )
}

function Phrases({ phrases, caret }: { phrases: Phrase[]; caret: RefObject<Caret | null> }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const changes = { 'report-template': '*' } as const
  const keep = useAct({ run: keepPhrase, changes, done: t('reading.template.kept') })
  const drop = useAct({ run: dropPhrase, changes })
  useAltKey('p', () => setOpen(true))
  const put = (text: string) => {
    setOpen(false)
    caret.current?.insert(text)
  }
  const marked = caret.current?.marked().trim() ?? ''
  const list = (
    <div className={css.phrases}>
      {phrases.map(({ id, text }) => (
        <div key={id ?? text} className={css.phrase}>
          <Button type="text" disabled={!caret.current} onClick={() => put(text)}>
            {text}
          </Button>
          {id && (
            <Button
              type="text"
              icon={<DeleteOutlined aria-hidden />}
              aria-label={t('reading.template.drop', { text })}
              onClick={() => drop.mutate(id)}
            />
          )}
        </div>
      ))}
      <p className={css.more}>
        {marked ? (
          <Button loading={keep.isPending} onClick={() => keep.mutate(marked)}>
            {t('reading.template.keep')}
          </Button>
        ) : (
          <span className="secondary">
            {t(caret.current ? 'reading.template.keep_hint' : 'reading.template.caret_first')}
          </span>
        )}
      </p>
    </div>
  )
  return (
    <Dropdown open={open} onOpenChange={setOpen} trigger={['click']} popupRender={() => list}>
      <Button>
        {t('reading.template.phrases')} <kbd>Alt P</kbd>
      </Button>
    </Dropdown>
  )
}
