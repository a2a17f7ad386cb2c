/** The note as it is countersigned: at the hub with one's changes, or given back; guidance at the branch as it is, and
 *  there alone what the hub may see no more. */
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { changeOf } from '../../../kit/changes'
import { Leaving } from '../../../kit/Leaving'
import { Notice } from '../../../kit/Notice'
import { ReasonDialog } from '../../../kit/ReasonDialog'
import { useSendKey } from '../../../kit/sendKey'
import { useAct } from '../../../kit/useAct'
import { Fields } from './Fields'
import css from './notes.module.css'
import { countersign, type Note, PARTS, returnNote, type Text, textOf } from './queries'
import { Read } from './Read'
import { useReady } from './ready'

type Props = { note: Note; since: number; onDone: () => void }

export function Countersign({ note, since, onDone }: Props) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState<{ version: number; text: Required<Text> } | null>(null)
  const [returning, setReturning] = useState(false)
  /** Whoever signs first may change it: the hub, or the senior doctor of what the hub may see no more. */
  const first = note.hub_at === null
  const senior = !first || !note.hub_sees
  const text = typed?.version === note.version ? typed.text : textOf(note)
  const changes = { round: note.session_id, round_item: note.item_id }
  const signing = useAct({
    run: () => countersign(note, text),
    changes,
    done: t(senior ? 'rounds_notes.senior_signed' : 'rounds_notes.signed'),
    onDone,
  })
  const giving = useAct({
    run: (words: string) => returnNote(note, words),
    changes,
    done: t('rounds_notes.given_back'),
    onDone,
  })
  const send = useRef(() => {})
  send.current = () => signing.mutate()
  const ready = useReady(since)
  useSendKey(ready && !returning, send)
  return (
    <>
      <Leaving unsaved={typed !== null && !signing.isPending} />
      {!note.hub_sees && <Notice tone="info">{t('rounds_notes.unseen_why')}</Notice>}
      {note.hub_sees && !first && <Notice tone="info">{t('rounds_notes.guidance_why')}</Notice>}
      {first ? (
        <>
          <Fields
            of={text}
            onType={(part, now) =>
              setTyped({ version: note.version, text: { ...text, [part]: now } })
            }
          />
          <Differences title={t('rounds_notes.from_said')} from={note.said} to={text} />
          <Differences title={t('rounds_notes.from_submitted')} from={note.submitted} to={text} />
        </>
      ) : (
        <Read note={note} />
      )}
      <div className={css.acts}>
        {note.may.includes('return') && (
          <Button onClick={() => setReturning(true)}>{t('rounds_notes.return')}…</Button>
        )}
        <Button
          type="primary"
          disabled={!ready}
          loading={signing.isPending}
          onClick={() => send.current()}
        >
          {t('rounds_notes.countersign')} <kbd>Ctrl ⏎</kbd>
        </Button>
      </div>
      {returning && (
        <ReasonDialog
          title={t('rounds_notes.return')}
          confirm={t('rounds_notes.return')}
          words={{ label: t('rounds_notes.return_words'), rows: 3, required: true, max: 300 }}
          refusal={({ reason }) => (reason ? null : t('rounds_notes.return_needed'))}
          busy={giving.isPending}
          onDo={({ reason }) => giving.mutate(reason)}
          onClose={() => setReturning(false)}
        />
      )}
    </>
  )
}

/** What stands otherwise than before, part by part; nothing if it is the same. */
function Differences({ title, from, to }: { title: string; from: Text | null; to: Text }) {
  const { t } = useTranslation()
  if (!from) return null
  const [old, now] = [textOf(from), textOf(to)]
  const found = PARTS.flatMap((part) => {
    const change = changeOf(old[part], now[part])
    return change ? [{ part, change }] : []
  })
  if (found.length === 0) return null
  return (
    <div className={css.changes}>
      <h3>{title}</h3>
      {found.map(({ part, change }) => (
        <p key={part}>
          <span className="secondary">{t(`rounds_notes.part.${part}`)} </span>
          {change.before}
          {change.removed && <del>{change.removed}</del>}
          {change.added && <ins>{change.added}</ins>}
          {change.after}
        </p>
      ))}
    </div>
  )
}
