/** 病历摘要: each text with its source and time; all of it can be changed. */
import { App, Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../api/clock'
import { numberOf } from '../../consultation/view'
import { useFormat } from '../../i18n/format'
import { useAct } from '../../kit/useAct'
import { useVitalWords } from '../../kit/vitals'
import { fromField, toField } from '../../zone'
import { useDraft } from './draft'
import fields from './fields.module.css'
import { filledFrom, MEASURES, type Sourced, type TEXTS } from './fill'
import { useLeftOut } from './leftOut'
import { measuresOf, measureText, vitalsOf } from './measures'
import { Part } from './Part'
import { admitted } from './queries'
import css from './requests.module.css'
import { fieldId } from './sections'
import { useMissingWords } from './words'

const ORDER: readonly Sourced[] = [
  'diagnosis',
  'history',
  'past_history',
  'examination',
  'vitals',
  'tests',
  'treatment',
  'medicines',
]
const REQUIRED = new Set<Sourced>([
  'diagnosis',
  'history',
  'vitals',
  'tests',
  'treatment',
  'medicines',
])
const LONGEST = { line: 200, text: 8000 }

export function SummaryPart() {
  const { t, i18n } = useTranslation()
  const { message } = App.useApp()
  const { row, set, fixed } = useDraft()
  const tell = useLeftOut()
  const number = row.patient ? numberOf(row.patient)?.value : null
  const read = useAct({
    run: () => admitted(number ?? ''),
    onDone: (found) => {
      if (found.patient.id !== row.patient?.id) {
        void message.warning(t('requests.summary.reread_other'), 6)
        return
      }
      tell(found)
      const { change, kept } = filledFrom(found, row)
      set({ content: change.content ?? {} }, true)
      const names = kept.map((field) => t(`requests.summary.field.${field}`))
      const fields = names.join(i18n.language === 'en' ? ', ' : '、')
      void message.success(
        kept.length > 0
          ? t('requests.summary.reread_kept', { fields })
          : t('requests.summary.reread_done'),
      )
    },
  })
  return (
    <Part
      section="summary"
      note={t('requests.summary.note')}
      extra={
        number &&
        !fixed && (
          <Button size="small" type="link" loading={read.isPending} onClick={() => read.mutate()}>
            {t('requests.summary.reread')}
          </Button>
        )
      }
    >
      <div className={fields.summary}>
        {ORDER.map((field) => (
          <Row key={field} field={field} />
        ))}
      </div>
    </Part>
  )
}

function Row({ field }: { field: Sourced }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const { row, missing } = useDraft()
  const words = useMissingWords()
  const source = row.content.filled?.[field]
  const lacks = missing.includes(field)
  return (
    <div className={`${fields.line} ${lacks ? fields.lacking : ''}`}>
      <label htmlFor={fieldId(field)}>
        {t(`requests.summary.field.${field}`)}
        {REQUIRED.has(field) && <span className={css.star}> *</span>}
      </label>
      {isMeasures(field) ? <MeasuresField field={field} /> : <TextField field={field} />}
      <span className={`secondary small ${fields.source}`}>
        {source && `${words.source(source.source)} ${moment(source.at)}`}
      </span>
    </div>
  )
}

const isMeasures = (field: Sourced): field is (typeof MEASURES)[number] =>
  (MEASURES as readonly string[]).includes(field)

function TextField({ field }: { field: (typeof TEXTS)[number] }) {
  const { row, type, fixed } = useDraft()
  return (
    <Input.TextArea
      id={fieldId(field)}
      variant="borderless"
      autoSize={{ minRows: 1, maxRows: 16 }}
      maxLength={field === 'diagnosis' ? LONGEST.line : LONGEST.text}
      disabled={fixed}
      value={row.content[field]}
      onChange={(event) => type(field, event.target.value)}
    />
  )
}

/** Typed as text, and stored as measures with their time. */
function MeasuresField({ field }: { field: (typeof MEASURES)[number] }) {
  const { t } = useTranslation()
  const { row, type, set, fixed } = useDraft()
  const vital = useVitalWords()
  const kept = row.content[field] ?? []
  const shown = field === 'vitals' ? kept.map(vital) : kept
  const [typing, setTyping] = useState<string | null>(null)
  const at = row.content[`${field}_at`]
  const put = (iso: string | null) => set({ content: { [`${field}_at`]: iso } }, true)
  const when = t(field === 'vitals' ? 'requests.summary.measured_at' : 'requests.summary.tested_at')
  const write = (text: string) => {
    setTyping(text)
    type(field, field === 'vitals' ? vitalsOf(text) : measuresOf(text))
    if (text.trim() && !at) put(new Date(serverNow()).toISOString())
  }
  return (
    <div>
      <Input.TextArea
        id={fieldId(field)}
        variant="borderless"
        autoSize={{ minRows: 1, maxRows: 8 }}
        disabled={fixed}
        placeholder={t('requests.summary.measures_hint')}
        value={typing ?? measureText(shown, t('state.semicolon'))}
        onChange={(event) => write(event.target.value)}
        onBlur={() => setTyping(null)}
      />
      {kept.length > 0 && !row.content.filled?.[field] && (
        <div className={fields.when}>
          <label className="secondary small" htmlFor={`${fieldId(field)}-at`}>
            {when}
          </label>
          <Input
            id={`${fieldId(field)}-at`}
            type="datetime-local"
            size="small"
            variant="borderless"
            disabled={fixed}
            value={toField(at)}
            onChange={(event) => put(fromField(event.target.value))}
          />
        </div>
      )}
    </div>
  )
}
