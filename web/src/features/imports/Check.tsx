/** The second step: what the file would change, before anything is written. */
import { DownloadOutlined, WarningOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { language } from '../../i18n'
import { save } from '../../kit/save'
import { useAct } from '../../kit/useAct'
import { Filters, type Shown } from './Filters'
import css from './imports.module.css'
import { type Checked, type Fix, faultyRows, type Kind } from './queries'
import { Rows } from './Rows'

type Props = {
  kind: Kind
  file: File
  fixes: readonly Fix[]
  checked: Checked
  busy: boolean
  onFix: (fix: Fix) => void
  onRun: () => void
  onAgain: () => void
}

export function Check({ kind, file, fixes, checked, busy, onFix, onRun, onAgain }: Props) {
  const { t } = useTranslation()
  const [shown, setShown] = useState<Shown>('all')
  const { counts } = checked
  const right = counts.new + counts.changed
  return (
    <>
      <div className={css.page}>
        <Counted kind={kind} file={file} fixes={fixes} checked={checked} />
        <Unread checked={checked} />
        <Filters counts={counts} shown={shown} onShow={setShown} />
        <Rows checked={checked} shown={shown} busy={busy} onFix={onFix} />
      </div>
      <footer className={css.foot}>
        <p>
          {counts.wrong > 0 && (
            <>
              <WarningOutlined aria-hidden className={css.alarm} />
              <b>{t('imports.check.wrong', { count: counts.wrong })}</b>
              <span className="secondary small">{t('imports.check.mend')}</span>
            </>
          )}
        </p>
        <Button onClick={onAgain} disabled={busy}>
          {t('imports.check.again')}
        </Button>
        <Button type="primary" onClick={onRun} loading={busy} disabled={right === 0}>
          {right === 0 ? t('imports.check.nothing') : t('imports.check.run', { count: right })}
        </Button>
      </footer>
    </>
  )
}

type CountedProps = { kind: Kind; file: File; fixes: readonly Fix[]; checked: Checked }

const STATES = ['new', 'changed', 'same', 'wrong'] as const

export function Counted({ kind, file, fixes, checked }: CountedProps) {
  const { t } = useTranslation()
  const faulty = useAct({
    run: () => faultyRows(kind, file, fixes, language()),
    onDone: (blob) =>
      save(blob, t('imports.faulty_name', { file: file.name.replace(/\.(xlsx|csv)$/i, '') })),
  })
  const { counts, done } = checked
  return (
    <div className={css.counts}>
      <dl>
        {STATES.map((state) => (
          <div key={state} className={state === 'wrong' && counts.wrong > 0 ? css.bad : ''}>
            <dt>{t(done ? `imports.did.${state}` : `imports.will.${state}`)}</dt>
            <dd>{counts[state]}</dd>
          </div>
        ))}
      </dl>
      <div className={css.beside}>
        {!done && <span className="secondary small">{t(`imports.nothing_yet.${kind}`)}</span>}
        {counts.wrong > 0 && (
          <Button
            icon={<DownloadOutlined aria-hidden />}
            loading={faulty.isPending}
            onClick={() => faulty.mutate()}
          >
            {t('imports.check.faulty')}
          </Button>
        )}
      </div>
    </div>
  )
}

function Unread({ checked }: { checked: Checked }) {
  const { t } = useTranslation()
  const lines = [
    ...(checked.unread.length > 0
      ? [t('imports.unread', { columns: checked.unread.join(t('imports.and')) })]
      : []),
    ...checked.sheets.map(({ name, hidden }) =>
      t(hidden ? 'imports.sheet_hidden' : 'imports.sheet_unread', { name }),
    ),
  ]
  if (lines.length === 0) return null
  return (
    <ul className={`secondary small ${css.unread}`}>
      {lines.map((each) => (
        <li key={each}>{each}</li>
      ))}
    </ul>
  )
}
