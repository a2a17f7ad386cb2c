/** Shown after the room: why the person is out, and where to go next. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Problem } from '../../../api/problem'
import type { CallState } from '../../../call'
import type { Consultation } from '../../../consultation/view'
import { Notice } from '../../../kit/Notice'
import { useProblemText } from '../../../kit/problemText'
import { TopBar } from '../../../kit/TopBar'
import { paths } from '../../../paths'
import { useMine } from '../visit/useMine'
import css from './left.module.css'

type Props = {
  consultation: Consultation
  end: CallState['end']
  refusal: Problem | null
  onAgain: () => void
}

const NEVER_AGAIN = new Set(['ended', 'locked', 'no_access'])

export function Left({ consultation: c, end, refusal, onAgain }: Props) {
  const { t } = useTranslation()
  const text = useProblemText()
  const navigate = useNavigate()
  const { lead } = useMine(c)
  const closed = !c.may_join
  const reason = closed ? (c.ended_at ? 'ended' : 'closed') : (end?.reason ?? 'left')
  const again = !closed && !NEVER_AGAIN.has(reason)
  const writes = lead && c.state === 'answering'
  return (
    <>
      <TopBar />
      <main id="main" className={css.page}>
        <section className={css.card}>
          <h1>{t(`room.left.${reason}.title`)}</h1>
          <p className="secondary">{t(`room.left.${reason}.hint`)}</p>
          {end && <p className="secondary">{t('room.own.closed')}</p>}
          {end?.words && <Notice>{t('room.door.words', { words: end.words })}</Notice>}
          {refusal && refusal.status !== 409 && <Notice tone="urgent">{text(refusal)}</Notice>}
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
            <Button
              type={writes || again ? 'default' : 'primary'}
              onClick={() => void navigate(paths.consultation(c.id))}
            >
              {t('room.left.case')}
            </Button>
            <Button onClick={() => void navigate(paths.home())}>{t('room.left.home')}</Button>
          </div>
        </section>
      </main>
    </>
  )
}
