/** The rules so far, the newest first: what is planned may be withdrawn, what is former is only read. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNow } from '../../api/clock'
import { useFormat } from '../../i18n/format'
import { Panel } from '../../kit/Panel'
import { Pill } from '../../kit/Pill'
import { usePeopleWords } from '../../kit/people'
import css from './administration.module.css'
import { useGiveUp } from './GiveUp'
import { type Chosen, holds, isPlanned, type RungSet, type Scope, type Shape } from './ladder'
import { Sentences } from './Sentences'

type Props = { chosen: Chosen; scope: Scope; shape: Shape }

export function LadderHistory({ chosen, scope, shape }: Props) {
  const { t } = useTranslation()
  const now = useNow()
  const withdraw = useGiveUp(chosen, scope.version, true)
  const planned = scope.sets.some((set) => isPlanned(set, now))
  return (
    <Panel
      title={t('ladders.history')}
      extra={
        planned &&
        chosen.owner.may_edit && (
          <Button loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
            {t('ladders.withdraw')}
          </Button>
        )
      }
    >
      <ul className={css.sets}>
        {scope.sets.map((set) => (
          <OneSet key={`${set.valid_from}:${set.saved_at}`} set={set} shape={shape} now={now} />
        ))}
      </ul>
    </Panel>
  )
}

function OneSet({ set, shape, now }: { set: RungSet; shape: Shape; now: number }) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const { named } = usePeopleWords()
  const state = isPlanned(set, now) ? 'later' : holds(set, now) ? 'now' : 'former'
  const time =
    set.until === null
      ? set.saved_at === null
        ? t('ladders.built_in')
        : t('ladders.since', { from: dateTime(set.valid_from) })
      : set.saved_at === null
        ? `${t('ladders.built_in')} – ${dateTime(set.until)}`
        : t('ladders.between', { from: dateTime(set.valid_from), until: dateTime(set.until) })
  return (
    <li>
      <details open={state === 'later'}>
        <summary className={css.set}>
          <Pill tone={state === 'now' ? 'done' : state === 'later' ? 'brand' : 'quiet'}>
            {t(`ladders.${state}`)}
          </Pill>
          <span>{time}</span>
          {set.saved_by && set.saved_at && (
            <span className="secondary small">
              {t('ladders.saved_by', { who: named(set.saved_by), at: dateTime(set.saved_at) })}
            </span>
          )}
        </summary>
        <Sentences rungs={set.rungs} shape={shape} />
      </details>
    </li>
  )
}
