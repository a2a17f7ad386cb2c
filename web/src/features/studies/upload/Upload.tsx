/** Where images are dropped: files, folders or zips, with progress, resumption, and what was refused and why. */
import { CloudUploadOutlined, FolderOpenOutlined, InboxOutlined } from '@ant-design/icons'
import { Button, Progress } from 'antd'
import { type DragEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../../api/client'
import { Notice } from '../../../kit/Notice'
import { Files } from './Files'
import { type Dropped, fromDrop, fromInput } from './files'
import { Others } from './Others'
import type { Snapshot } from './upload'
import css from './upload.module.css'
import { useUpload } from './useUpload'

type Props = {
  /** The consultation's id, to find the batch again when resuming. */
  hint: string
  /** Called with the studies of a batch once the archive has processed all its files. */
  onSettled: (studyUids: string[]) => void
  /** What was sent and is another patient's. */
  others: readonly Schemas['OtherStudy'][]
}

export function Upload({ hint, onSettled, others }: Props) {
  const { t } = useTranslation()
  const { upload, now } = useUpload(hint, onSettled)
  const [unread, setUnread] = useState<readonly string[]>([])
  const add = ({ chosen, unread }: Dropped) => {
    setUnread(unread)
    void upload.add(chosen)
  }

  return (
    <div className={css.upload}>
      <Others others={others} />
      <Drop onAdd={add} />
      {unread.length > 0 && (
        <Notice tone="urgent">
          {t('studies.upload.unread', {
            count: unread.length,
            names: unread.slice(0, NAMED).join(t('viewer.comma')),
          })}
        </Notice>
      )}
      {now.phase !== 'empty' && (
        <>
          <Total now={now} />
          {now.phase === 'stopped' && (
            <Notice
              tone="urgent"
              action={
                <>
                  <Button size="small" type="primary" onClick={upload.resume}>
                    {t('studies.upload.resume')}
                  </Button>
                  <Button size="small" onClick={upload.giveUp}>
                    {t('studies.upload.give_up')}
                  </Button>
                </>
              }
            >
              {t(now.trouble === 401 ? 'studies.upload.signed_out' : 'studies.upload.stopped')}
            </Notice>
          )}
          <Files now={now} />
        </>
      )}
    </div>
  )
}

/** Where they are dropped or chosen. */
function Drop({ onAdd }: { onAdd: (dropped: Dropped) => void }) {
  const { t } = useTranslation()
  const [over, setOver] = useState(false)
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void fromDrop(event.dataTransfer).then(onAdd)
  }
  const pick = (input: HTMLInputElement | null) => {
    if (!input?.files) return
    onAdd({ chosen: fromInput(input.files), unread: [] })
    input.value = ''
  }
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the two buttons do the same by keyboard */}
      <div
        className={`${css.drop} ${over ? css.over : ''}`}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <InboxOutlined aria-hidden className={css.inbox ?? ''} />
        <p>{t('studies.upload.drop')}</p>
        <p className="secondary small">{t('studies.upload.hint')}</p>
        <div className={css.pick}>
          <Button icon={<FolderOpenOutlined aria-hidden />} onClick={() => folder.current?.click()}>
            {t('studies.upload.folder')}
          </Button>
          <Button icon={<CloudUploadOutlined aria-hidden />} onClick={() => files.current?.click()}>
            {t('studies.upload.files')}
          </Button>
        </div>
        <input
          ref={files}
          type="file"
          multiple
          hidden
          aria-label={t('studies.upload.files')}
          onChange={(event) => pick(event.currentTarget)}
        />
        <input
          ref={folder}
          type="file"
          multiple
          hidden
          aria-label={t('studies.upload.folder')}
          onChange={(event) => pick(event.currentTarget)}
          {...{ webkitdirectory: '' }}
        />
      </div>
    </>
  )
}

/** Of many files the first ones say which folder it is. */
const NAMED = 5
const MB = 1024 * 1024
const megabytes = (bytes: number) => (bytes / MB).toFixed(bytes < 10 * MB ? 1 : 0)

const NOT_THERE: readonly string[] = ['waiting', 'sending', 'lost', 'refused']

export function Total({ now }: { now: Snapshot }) {
  const { t } = useTranslation()
  const there = now.items.filter((item) => !NOT_THERE.includes(item.state))
  const refused = now.items.filter((item) => item.state === 'refused').length
  const nothing = now.phase === 'done' && there.length === 0
  const failed = now.phase === 'stopped' || nothing
  const percent = now.bytes > 0 ? Math.floor((now.sent / now.bytes) * 100) : 0
  return (
    <div className={css.total}>
      <Progress
        percent={now.phase === 'done' ? 100 : Math.min(99, percent)}
        status={failed ? 'exception' : now.phase === 'done' ? 'success' : 'normal'}
        className={css.bar ?? ''}
        aria-label={t('studies.upload.progress')}
      />
      <p role="status">
        <b>{t(nothing ? 'studies.upload.nothing' : `studies.upload.phase.${now.phase}`)}</b>{' '}
        <span className="secondary">
          {t('studies.upload.counts', {
            there: String(there.length),
            files: String(now.items.length),
            sent: megabytes(now.sent),
            bytes: megabytes(now.bytes),
          })}
        </span>{' '}
        {refused > 0 && (
          <span className="late">{t('studies.upload.refused', { count: refused })}</span>
        )}
      </p>
    </div>
  )
}
