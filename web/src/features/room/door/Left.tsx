/** Shown after the room: why the person is out, and where to go next. */

import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Problem } from '../../../api/problem'
import { useSession } from '../../../api/session'
import { changed } from '../../../api/stale'
import type { CallState } from '../../../call'
import { useLeads } from '../../../consultation/leads'
import type { Consultation } from '../../../consultation/view'
import { Notice } from '../../../kit/Notice'
import { useProblemText } from '../../../kit/problemText'
import { TopBar } from '../../../kit/TopBar'
import { paths } from '../../../paths'
import css from './left.module.css'

type End = CallState['end']
type Props = {
  /** Absent once the case is closed to this person. */
  consultation: Consultation | null
  end: End
  refusal: Problem | null
  onAgain: () => void
}

const NEVER_AGAIN = new Set(['ended', 'locked', 'no_access'])

export function Left({ consultation: c, end, refusal, onAgain }: Props) {
  const { t } = useTranslation()
  const text = useProblemText()
  const leads = useLeads(c)
  useReadAgain(c?.id)
  const { actor } = useSession()
  const reason = reasonOf(c, end, actor.id)
  return (
    <>
      <TopBar />
      <main id="main" className={css.page}>
        <section className={css.card}>
          <h1>{t(`room.left.${reason}.title`)}</h1>
          <p className="secondary">{t(`room.left.${reason}.hint`, leads)}</p>
          {end && <p className="secondary">{t('room.own.closed')}</p>}
          {end?.words && <Notice>{t('room.door.words', { words: end.words })}</Notice>}
          {c && refusal && refusal.status !== 409 && <Notice tone="urgent">{text(refusal)}</Notice>}
          <Ways consultation={c} reason={reason} onAgain={onAgain} />
        </section>
      </main>
    </>
  )
}

function reasonOf(c: Consultation | null, end: End, me: string) {
  if (!c) return 'no_access'
  if (!c.may_join) return c.ended_at ? 'ended' : 'closed'
  // Answered in another window: the product took them out of this room.
  const called = c.lead?.id === me && c.state_reason === 'called_away'
  if (end?.reason === 'no_access' && called) return 'called_away'
  return end?.reason ?? 'left'
}

/** The case has moved on, or is this person's no more: then the page offers no way to it. */
function useReadAgain(id: string | undefined): void {
  const queries = useQueryClient()
  useEffect(() => {
    if (id) void changed(queries, 'consultation', id)
  }, [queries, id])
}

type WaysProps = Pick<Props, 'consultation' | 'onAgain'> & { reason: ReturnType<typeof reasonOf> }

function Ways({ consultation: c, reason, onAgain }: WaysProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { actor } = useSession()
  const again = c?.may_join && !NEVER_AGAIN.has(reason)
  const writes = c?.lead?.id === actor.id && c.state === 'answering'
  return (
    <div className={css.ways}>
      {writes && (
        <Button type="primary" onClick={() => void navigate(paths.opinion(c.id))}>
          {t('room.left.write')}
        </Button>
      )}
      {again && (
        <Button
          type="primary"
          onClick={reason === 'outdated' ? () => window.location.reload() : onAgain}
        >
          {t(reason === 'outdated' ? 'room.left.reload' : 'room.left.again')}
        </Button>
      )}
      {c && (
        <Button
          type={writes || again ? 'default' : 'primary'}
          onClick={() => void navigate(paths.consultation(c.id))}
        >
          {t('room.left.case')}
        </Button>
      )}
      <Button type={c ? 'default' : 'primary'} onClick={() => void navigate(paths.home())}>
        {t('room.left.home')}
      </Button>
    </div>
  )
}
