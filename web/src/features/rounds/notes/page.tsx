/** 查房记录: the notes that wait for this person, and the one that is open. */
import { useQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { EmptyState } from '../../../kit/EmptyState'
import { Loaded } from '../../../kit/Loaded'
import { PageHead } from '../../../kit/PageHead'
import { PanelSkeleton } from '../../../kit/Skeletons'
import { paths } from '../../../paths'
import { NotePanel } from './NotePanel'
import css from './notes.module.css'
import { LISTS, type NoteRow, noteQuery, notesQuery } from './queries'
import { Row } from './Row'

export function Component() {
  const { t } = useTranslation()
  const [params, setParams] = useSearchParams()
  const show = LISTS.find((each) => each === params.get('show')) ?? 'mine'
  const { data } = useQuery(notesQuery(show))
  const asked = params.get('item')
  const open = asked ?? data?.items[0]?.item_id ?? null
  const [doneAt, setDoneAt] = useState(0)
  const choose = (item: string | null) =>
    setParams(item ? { show, item } : { show }, { replace: true })
  return (
    <>
      <PageHead
        title={t('rounds_notes.title')}
        note={t('rounds_notes.note')}
        actions={
          <Link className="target" to={paths.rounds()}>
            {t('rounds.title')}
          </Link>
        }
      />
      <div className={css.page}>
        <div className={css.queue}>
          <Segmented
            aria-label={t('rounds_notes.title')}
            value={show}
            options={LISTS.map((value) => ({ value, label: t(`rounds_notes.show.${value}`) }))}
            onChange={(value) => setParams({ show: value }, { replace: true })}
          />
          <Loaded
            query={notesQuery(show)}
            what={t('rounds_notes.title')}
            skeleton={<PanelSkeleton rows={6} />}
          >
            {({ items }) => <Queue items={items} {...{ open, show, choose }} />}
          </Loaded>
        </div>
        {open && (
          <Loaded
            key={open}
            query={noteQuery(open)}
            what={t('rounds_notes.title')}
            skeleton={<PanelSkeleton rows={8} />}
          >
            {(note) => (
              <NotePanel
                note={note}
                since={doneAt}
                onDone={() => {
                  setDoneAt(Date.now())
                  choose(after(data?.items, open))
                }}
              />
            )}
          </Loaded>
        )}
      </div>
    </>
  )
}

/** Whose turn it is once this one is done. */
const after = (items: NoteRow[] | undefined, done: string): string | null =>
  items?.find(({ item_id }) => item_id !== done)?.item_id ?? null

type QueueProps = {
  items: NoteRow[]
  open: string | null
  show: 'mine' | 'signed'
  choose: (item: string) => void
}

function Queue({ items, open, show, choose }: QueueProps) {
  const { t } = useTranslation()
  if (items.length === 0)
    return (
      <EmptyState title={t(`rounds_notes.empty.${show}`)} hint={t(`rounds_notes.hint.${show}`)} />
    )
  return (
    <ul className={css.rows} aria-label={t(`rounds_notes.show.${show}`)}>
      {items.map((each) => (
        <Row
          key={each.item_id}
          row={each}
          current={each.item_id === open}
          onChoose={() => choose(each.item_id)}
        />
      ))}
    </ul>
  )
}
