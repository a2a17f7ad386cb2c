/** 附件: for each item of the specialty's checklist a file or why it was not done; and other files. */
import { CameraOutlined, CheckOutlined, CloseOutlined, WarningOutlined } from '@ant-design/icons'
import { App, Button } from 'antd'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, idempotent, type Schemas } from '../../api/client'
import { asTitle } from '../../consultation/view'
import { PickFile } from '../../kit/PickFile'
import { ReasonDialog } from '../../kit/ReasonDialog'
import { useAct } from '../../kit/useAct'
import { useDraft } from './draft'
import { Part } from './Part'
import papers from './papers.module.css'
import css from './requests.module.css'
import { SendingList } from './SendingList'
import { fieldId } from './sections'
import { useFiles } from './useFiles'
import { useMissingWords } from './words'

type Item = Schemas['PacketEntry']
type NewItem = Pick<Schemas['PacketItemIn'], 'kind'> & Partial<Schemas['PacketItemIn']>

function usePacket() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { row, refresh, flush } = useDraft()
  const add = async (item: NewItem, key: string) => {
    await flush() // the patient may not be saved yet
    const made = await body(
      client.POST('/api/consultations/{id}/packet', {
        params: { path: { id: row.id } },
        body: item as Schemas['PacketItemIn'],
        headers: idempotent(key),
      }),
    )
    if (row.packet.some(({ id }) => id === made.id))
      void message.info(t('requests.attachments.already', { what: made.title }))
    await refresh()
  }
  const remove = useAct({
    of: (item) => item.id,
    run: (item: Item) =>
      body(
        client.DELETE('/api/consultations/{id}/packet/{item_id}', {
          params: { path: { id: row.id, item_id: item.id } },
        }),
      ),
    onDone: () => void refresh(),
  })
  return { add, remove }
}

export function AttachmentsPart() {
  const { t } = useTranslation()
  const { row } = useDraft()
  const { message } = App.useApp()
  const words = useMissingWords()
  const { add, remove } = usePacket()
  const [over, setOver] = useState(false)
  const [wanted, setWanted] = useState<string | null>(null)
  const files = row.packet.filter(({ kind }) => kind !== 'study')
  const answer = (word: string) => files.find(({ checklist }) => checklist === word)
  const other = files.filter(({ checklist }) => !checklist || !row.checklist.includes(checklist))
  const lacking = row.checklist.filter((word) => !answer(word))
  const {
    sending,
    add: send,
    again,
    drop,
  } = useFiles('attachment', (file, key) =>
    add({ kind: 'file', file_id: file.id, title: file.name }, key),
  )
  const closed = !row.patient || !row.papers_open
  const take = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    if (!row.patient) void message.info(t('requests.attachments.patient_first'))
    else if (!closed) send([...event.dataTransfer.files])
  }
  return (
    <Part
      section="attachments"
      note={t('requests.attachments.note_any', {
        of: String(row.checklist.length),
        n: String(row.checklist.length - lacking.length),
      })}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the buttons do the same by keyboard */}
      <div
        className={`${css.stack} ${over ? papers.over : ''}`}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={take}
      >
        {!row.patient && (
          <p className="secondary small">{t('requests.attachments.patient_first')}</p>
        )}
        <ul className={papers.papers}>
          {row.checklist.map((word) => (
            <Wanted
              key={word}
              word={word}
              item={answer(word)}
              disabled={closed}
              over={!row.papers_open}
              onNotDone={() => setWanted(word)}
              onRemove={(item) => remove.mutate(item)}
            />
          ))}
          {other.map((item) => (
            <Filed key={item.id} item={item} onRemove={() => remove.mutate(item)} />
          ))}
        </ul>
        <SendingList sending={sending} onAgain={again} onDrop={drop} />
        {!closed && <Choose onPick={send} />}
      </div>
      {wanted && (
        <NotDone
          what={words.checklist(wanted)}
          onClose={() => setWanted(null)}
          onRecord={(reason, key) => add({ kind: 'not_done', checklist: wanted, reason }, key)}
        />
      )}
    </Part>
  )
}

function Choose({ onPick }: { onPick: (files: File[]) => void }) {
  const { t } = useTranslation()
  return (
    <div className={`${papers.drop} ${css.row}`}>
      <span className="secondary small">{t('requests.attachments.drop')}</span>
      <PickFile many size="small" type="link" onPick={onPick}>
        {t('requests.attachments.choose')}
      </PickFile>
      <PickFile
        camera
        size="small"
        type="link"
        icon={<CameraOutlined aria-hidden />}
        onPick={onPick}
      >
        {t('requests.attachments.camera')}
      </PickFile>
      <span className="secondary small push">{t('requests.attachments.kinds')}</span>
    </div>
  )
}

/** One item of the checklist: there, or missing with the two ways to answer it. */
function Wanted(p: {
  word: string
  item: Item | undefined
  disabled: boolean
  /** It cannot be filed any more. */
  over: boolean
  onNotDone: () => void
  onRemove: (item: Item) => void
}) {
  const { t } = useTranslation()
  const words = useMissingWords()
  const { add } = usePacket()
  const what = words.checklist(p.word)
  const {
    sending,
    add: send,
    again,
    drop,
  } = useFiles('attachment', (file, key) =>
    add({ kind: 'file', checklist: p.word, file_id: file.id }, key),
  )
  const { item } = p
  if (item) return <Filed item={item} title={asTitle(what)} onRemove={() => p.onRemove(item)} />
  if (p.over)
    return (
      <li className={`secondary ${papers.paper}`}>{t('requests.attachments.lacks', { what })}</li>
    )
  return (
    <>
      <li className={`${papers.paper} ${papers.wanted}`}>
        <WarningOutlined aria-hidden className={`${css.lacks} ${papers.mark}`} />
        <b className={css.lacks}>{t('requests.attachments.lacks', { what })}</b>
        <span className={`push ${css.row}`}>
          <PickFile
            id={fieldId(`checklist.${p.word}`)}
            size="small"
            label={t('requests.attachments.for', { what })}
            disabled={p.disabled}
            onPick={send}
          >
            {t('requests.attachments.pick')}
          </PickFile>
          <Button size="small" type="link" disabled={p.disabled} onClick={p.onNotDone}>
            {t('requests.attachments.not_done')}
          </Button>
        </span>
      </li>
      <SendingList sending={sending} onAgain={again} onDrop={drop} />
    </>
  )
}

function Filed({ item, title, onRemove }: { item: Item; title?: string; onRemove: () => void }) {
  const { t } = useTranslation()
  const { row } = useDraft()
  const name = title ?? item.title
  return (
    <li className={papers.paper}>
      <CheckOutlined aria-hidden className={css.whole ?? ''} />
      {item.file_id ? (
        <a
          className="target"
          href={`/api/files/${item.file_id}/content`}
          download
          aria-label={t('requests.attachments.open', { what: name })}
        >
          {name}
        </a>
      ) : (
        <span>
          {name}
          <span className={`secondary small ${papers.under}`}>
            {t('requests.attachments.because', { reason: item.reason ?? '' })}
          </span>
        </span>
      )}
      {row.papers_open && (
        <span className="push">
          <Button
            size="small"
            type="text"
            icon={<CloseOutlined aria-hidden />}
            aria-label={t('requests.attachments.remove', { what: name })}
            onClick={onRemove}
          />
        </span>
      )}
    </li>
  )
}

function NotDone(p: {
  what: string
  onClose: () => void
  onRecord: (reason: string, key: string) => Promise<void>
}) {
  const { t } = useTranslation()
  const record = useAct({
    run: (reason: string, key: string) => p.onRecord(reason, key),
    onDone: p.onClose,
  })
  return (
    <ReasonDialog
      title={t('requests.attachments.not_done_title', { what: p.what })}
      confirm={t('requests.attachments.not_done_save')}
      busy={record.isPending}
      words={{
        label: t('requests.attachments.not_done_label'),
        rows: 2,
        required: true,
        max: 1000,
      }}
      refusal={({ reason }) => (reason ? null : t('acts.reason_needed'))}
      onDo={({ reason }) => record.mutate(reason)}
      onClose={p.onClose}
    />
  )
}
