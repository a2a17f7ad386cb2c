/** 催办: whoever owes late countersignatures of the ward's notes is told once more at a press, once an hour. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNow } from '../../../api/clock'
import { useFormat } from '../../../i18n/format'
import { useAct } from '../../../kit/useAct'
import { useRoundWords } from '../words'
import css from './board.module.css'
import { type Board, type Owed as One, remind } from './queries'

/** As the server has it: not more often. */
const AGAIN_MS = 60 * 60_000

export function Owed({ board }: { board: Board }) {
  return board.owed.map((each) => (
    <Remind key={each.by?.id ?? ''} owed={each} ward={board.ward_id} />
  ))
}

function Remind({ owed, ward }: { owed: One; ward: string }) {
  const { t } = useTranslation()
  const { time } = useFormat()
  const { named } = useRoundWords()
  const now = useNow()
  const who = owed.by ? named(owed.by) : t('rounds_board.seniors')
  const act = useAct({
    run: () => remind(ward, owed.by?.id ?? null),
    changes: { round: '*' },
    done: t('rounds_board.reminded', { who }),
  })
  const at = owed.reminded_at
  if (at && now - Date.parse(at) < AGAIN_MS)
    return <span className="secondary">{t('rounds_board.reminded_at', { who, at: time(at) })}</span>
  return (
    <Button
      type="link"
      size="small"
      className={`${css.unprinted} ${css.remind}`}
      loading={act.isPending}
      aria-label={t('rounds_board.remind_of', { who, n: String(owed.n) })}
      onClick={() => act.mutate()}
    >
      {t('rounds_board.remind', { who })}
    </Button>
  )
}
