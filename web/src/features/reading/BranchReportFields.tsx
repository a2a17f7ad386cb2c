/** The branch's own report, typed or pasted in, or its PDF, with its doctor and time. */
import { Button, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { Field } from '../../kit/Field'
import { PickFile } from '../../kit/PickFile'
import { SitePicker } from '../../kit/SitePicker'
import type { Typed } from './branchReport'
import css from './reading.module.css'

const TEXTS = [
  { part: 'findings', max: 6000, rows: 4 },
  { part: 'impression', max: 3000, rows: 3 },
] as const

type Props = { typed: Typed; onType: (some: Partial<Typed>) => void }

export function BranchReportFields({ typed, onType }: Props) {
  const { t } = useTranslation()
  return (
    <>
      <div className={css.two}>
        <Field label={t('reading.branch_report.author')} required>
          {(ids) => (
            <Input
              {...ids}
              maxLength={60}
              value={typed.author}
              onChange={(event) => onType({ author: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('reading.branch_report.written_at')} required>
          {({ id }) => (
            <SitePicker
              id={id}
              value={typed.written_at}
              onChange={(written_at) => onType({ written_at })}
            />
          )}
        </Field>
      </div>
      {TEXTS.map(({ part, max, rows }) => (
        <Field
          key={part}
          label={t(`reading.branch_report.${part}`)}
          hint={part === 'impression' ? t('reading.branch_report.lines_hint') : ''}
        >
          {(ids) => (
            <Input.TextArea
              {...ids}
              rows={rows}
              maxLength={max}
              value={typed[part]}
              onChange={(event) => onType({ [part]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <p className={css.file}>
        <PickFile
          accept="application/pdf"
          label={t('reading.branch_report.pick')}
          onPick={([file]) => file && onType({ file })}
        >
          {t('reading.branch_report.pick')}
        </PickFile>
        {typed.file && (
          <>
            <span>{typed.file.name}</span>
            <Button type="link" onClick={() => onType({ file: null })}>
              {t('reading.branch_report.unpick')}
            </Button>
          </>
        )}
      </p>
    </>
  )
}
