/** The note while a doctor of the ward writes it: saved as typed, and submitted to the hub. */
import { Button } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { DraftNotices } from '../../../kit/draft/DraftNotices'
import { useSaving, useView } from '../../../kit/draft/useDraft'
import { SaveState } from '../../../kit/SaveState'
import { useSendKey } from '../../../kit/sendKey'
import { useAct } from '../../../kit/useAct'
import { Fields } from './Fields'
import css from './notes.module.css'
import { begin, type Note, type NoteDraft, type PARTS, submitNote, unsentOf } from './queries'
import { useReady } from './ready'

type Props = { note: Note; draft: NoteDraft; since: number; onDone: () => void }

export function Write({ note, draft, since, onDone }: Props) {
  const { t } = useTranslation()
  const { doc } = useView(draft)
  const saving = useSaving(draft)
  const id = note.item_id
  const submitting = useAct({
    // What was typed last is saved first: exactly that is submitted.
    run: async () => {
      const untouched = draft.server.version === 0 && !draft.dirty
      const saved = untouched ? await begin(id, doc) : await draft.settled()
      return submitNote(id, saved.version)
    },
    changes: { round: note.session_id, round_item: id },
    done: t('rounds_notes.submitted'),
    onDone,
  })
  const send = useRef(() => {})
  send.current = () => submitting.mutate()
  const may = note.may.includes('submit')
  const ready = useReady(since)
  useSendKey(may && ready, send)
  return (
    <>
      <SaveState saving={saving} />
      <DraftNotices
        draft={draft}
        of={unsentOf(id)}
        name={(field) => t(`rounds_notes.part.${field as (typeof PARTS)[number]}`)}
        text={(_, value) => String(value)}
      />
      {note.version === 0 && <p className="secondary small">{t('rounds_notes.begun')}</p>}
      <Fields of={doc} onType={(part, text) => draft.set({ [part]: text })} />
      <div className={css.acts}>
        <Button
          type="primary"
          disabled={!may || !ready}
          loading={submitting.isPending}
          onClick={() => send.current()}
        >
          {t('rounds_notes.submit')} <kbd>Ctrl ⏎</kbd>
        </Button>
        {!may && <span className="secondary small">{t('rounds_notes.at_bed')}</span>}
      </div>
    </>
  )
}
