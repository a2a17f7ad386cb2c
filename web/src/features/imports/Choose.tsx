/** The first step: a template to fill in, and the file; it can be dropped here too. */
import { DownloadOutlined, UploadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type DragEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../../api/problem'
import { language } from '../../i18n'
import { Notice } from '../../kit/Notice'
import { Panel } from '../../kit/Panel'
import css from './imports.module.css'
import { Kinds } from './Kinds'
import { type Kind, templateUrl } from './queries'

type Props = {
  kind: Kind
  refused: Problem | null
  busy: boolean
  onFile: (file: File) => void
}

/** Rules that hold for one kind only. */
const ONLY_OF: Record<string, Kind> = { passwords: 'staff', roster: 'roster' }
const ACCEPTED = '.xlsx,.csv,.txt'

export function Choose({ kind, refused, busy, onFile }: Props) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (file && !busy) onFile(file)
  }
  return (
    <div className={css.page}>
      <Kinds />
      {refused && <Notice tone="stat">{sentence(refused)}</Notice>}
      <Panel title={t('imports.choose.title')} note={t('imports.choose.note')}>
        <section
          className={`${css.drop} ${over ? css.over : ''}`}
          aria-label={t('imports.choose.drop')}
          onDragOver={(event) => {
            event.preventDefault()
            setOver(true)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={drop}
        >
          <p>{t('imports.choose.drop')}</p>
          <div className={css.acts}>
            <Button
              type="primary"
              icon={<UploadOutlined aria-hidden />}
              loading={busy}
              onClick={() => input.current?.click()}
            >
              {t('imports.choose.file')}
            </Button>
            <Button icon={<DownloadOutlined aria-hidden />} href={templateUrl(kind, language())}>
              {t('imports.choose.template')}
            </Button>
          </div>
          <input
            ref={input}
            type="file"
            accept={ACCEPTED}
            className={css.hidden}
            aria-label={t('imports.choose.file')}
            tabIndex={-1}
            onChange={({ target }) => {
              const file = target.files?.[0]
              if (file) onFile(file)
              target.value = ''
            }}
          />
        </section>
        <ul className={css.rules}>
          {(['identity', 'empty', 'untouched', 'passwords', 'roster'] as const)
            .filter((each) => (ONLY_OF[each] ?? kind) === kind)
            .map((each) => (
              <li key={each}>{t(`imports.rules.${each}`)}</li>
            ))}
        </ul>
      </Panel>
    </div>
  )
}

/** The server says it in both languages. */
const sentence = (problem: Problem): string =>
  language() === 'en' ? problem.detail : String(problem.extra.sentence ?? problem.detail)
