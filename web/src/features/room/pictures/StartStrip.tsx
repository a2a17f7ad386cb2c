/** Shown when both sides are in and something is missing: what, who must do what, and "start anyway" of the lead and the centre. */
import { WarningOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { standsForCentre, useSession } from '../../../api/session'
import { useCheckWords } from '../../../consultation/checkWords'
import { usePerform } from '../../../consultation/perform'
import { atOnce, type Consultation } from '../../../consultation/view'
import { ReasonDialog } from '../../../kit/ReasonDialog'
import { useMine } from '../visit/useMine'
import { useTodo } from '../visit/useTodo'
import css from './room.module.css'

/** Nobody may start without these (domain.md). */
const NEVER_WITHOUT = new Set(['consent', 'identity'])

export function StartStrip({ consultation: c }: { consultation: Consultation }) {
  const { t } = useTranslation()
  const words = useCheckWords()
  const todo = useTodo(c)
  const { lead } = useMine(c)
  const { actor, roles } = useSession()
  const centre = actor.hospital_id === c.hub_id && standsForCentre(roles)
  const [asking, setAsking] = useState(false)
  const start = usePerform(c, () => setAsking(false))
  const missing = c.checks.filter(({ blocks, ok }) => blocks && !ok)
  if (missing.length === 0 || atOnce(c)) return null
  const never = missing.filter(({ key }) => NEVER_WITHOUT.has(key))
  const names = (some: typeof missing) =>
    some.map((check) => words(check).label).join(t('state.comma'))
  const todos = missing.map(({ key }) => todo(key)).join(' ')
  const mayStart = (lead || centre) && c.state === 'scheduled'
  return (
    <div className={`${css.strip} ${css.urgent}`} role="alert">
      <span>
        <WarningOutlined aria-hidden /> <b>{t('room.start.not_yet', { what: names(missing) })}</b>{' '}
        <span className={css.todo}>{todos}</span>
      </span>
      {mayStart &&
        (never.length > 0 ? (
          <span className="push">{t('room.start.never', { what: names(never) })}</span>
        ) : (
          <Button className="push" onClick={() => setAsking(true)}>
            {t('room.start.anyway')}
          </Button>
        ))}
      {asking && (
        <ReasonDialog
          title={t('room.start.title')}
          about={
            <>
              <p>{t('room.start.hint', { what: names(missing) })}</p>
              <p className="secondary">{todos}</p>
            </>
          }
          words={{ label: t('acts.reason'), rows: 2, required: true, max: 2000 }}
          refusal={({ reason }) => (reason ? null : t('acts.reason_needed'))}
          confirm={t('room.start.confirm')}
          busy={start.isPending}
          onDo={({ reason }) => start.mutate({ act: 'start', reason })}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  )
}
