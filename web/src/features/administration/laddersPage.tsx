/** 提醒与升级: for each subject who is reminded, and who is told when it is late; its administrator changes it. */
import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNow } from '../../api/clock'
import { AdminTabs } from '../../kit/AdminTabs'
import { Field } from '../../kit/Field'
import { Loaded } from '../../kit/Loaded'
import { PageHead } from '../../kit/PageHead'
import { Panel } from '../../kit/Panel'
import { Pill } from '../../kit/Pill'
import { PanelSkeleton } from '../../kit/Skeletons'
import css from './administration.module.css'
import { LadderPanel } from './LadderPanel'
import {
  type Chosen,
  concerns,
  isPlanned,
  type Ladders,
  narrowed,
  ownerKey,
  type Shape,
  scopeOf,
  type Urgency,
} from './ladder'
import { useLadderWords } from './ladderWords'
import { laddersQuery } from './queries'

const URGENCIES: readonly (Urgency | null)[] = [null, 'routine', 'urgent', 'stat']

export function Component() {
  const { t } = useTranslation()
  return (
    <>
      <PageHead title={t('ladders.title')} note={t('ladders.note')}>
        <AdminTabs />
      </PageHead>
      <div className={css.page}>
        <Loaded
          query={laddersQuery()}
          what={t('ladders.title')}
          skeleton={<PanelSkeleton rows={10} />}
        >
          {(all) => <Page all={all} />}
        </Loaded>
      </div>
    </>
  )
}

function Page({ all }: { all: Ladders }) {
  // What its administrator may change is in front.
  const [first] = [...all.owners].sort((a, b) => Number(b.may_edit) - Number(a.may_edit))
  const [owner, setOwner] = useState(first ? ownerKey(first) : '')
  const [urgency, setUrgency] = useState<Urgency | null>(null)
  const [ladder, setLadder] = useState(all.shapes[0]?.ladder)
  const of = all.owners.find((one) => ownerKey(one) === owner) ?? first
  const shapes = all.shapes.filter((one) => concerns(one, urgency))
  const shape = shapes.find((one) => one.ladder === ladder) ?? shapes[0]
  if (!of || !shape) return null
  const chosen: Chosen = { owner: of, urgency, ladder: shape.ladder }
  return (
    <>
      <Choice all={all} chosen={chosen} onOwner={setOwner} onUrgency={setUrgency} />
      <div className={css.two}>
        <Subjects all={all} shapes={shapes} chosen={chosen} onChoose={setLadder} />
        <LadderPanel
          key={`${owner}:${urgency}:${shape.ladder}`}
          all={all}
          chosen={chosen}
          shape={narrowed(shape, urgency)}
        />
      </div>
    </>
  )
}

type ChoiceProps = {
  all: Ladders
  chosen: Chosen
  onOwner: (key: string) => void
  onUrgency: (urgency: Urgency | null) => void
}

function Choice({ all, chosen, onOwner, onUrgency }: ChoiceProps) {
  const { t } = useTranslation()
  const words = useLadderWords()
  return (
    <div className={css.choice}>
      <Field label={t('ladders.whose')}>
        {({ id }) => (
          <Select
            id={id}
            value={ownerKey(chosen.owner)}
            onChange={onOwner}
            options={all.owners.map((one) => ({ value: ownerKey(one), label: words.owner(one) }))}
          />
        )}
      </Field>
      <Field label={t('ladders.urgency')}>
        {({ id }) => (
          <Select<Urgency | 'any'>
            id={id}
            value={chosen.urgency ?? 'any'}
            onChange={(value) => onUrgency(value === 'any' ? null : value)}
            options={URGENCIES.map((one) => ({ value: one ?? 'any', label: words.urgency(one) }))}
          />
        )}
      </Field>
      <p className="secondary small">{t('ladders.order')}</p>
    </div>
  )
}

type SubjectsProps = {
  all: Ladders
  shapes: readonly Shape[]
  chosen: Chosen
  onChoose: (ladder: Shape['ladder']) => void
}

function Subjects({ all, shapes, chosen, onChoose }: SubjectsProps) {
  const { t } = useTranslation()
  const words = useLadderWords()
  const now = useNow()
  return (
    <Panel title={t('ladders.list')} tight>
      <ul className={css.subjects}>
        {shapes.map(({ ladder }) => {
          const sets = scopeOf(all, { ...chosen, ladder })?.sets ?? []
          const own = sets.some((set) => set.saved_by !== null && set.until === null)
          const planned = sets.some((set) => isPlanned(set, now))
          return (
            <li key={ladder}>
              <button
                type="button"
                className={css.subject}
                aria-current={ladder === chosen.ladder}
                onClick={() => onChoose(ladder)}
              >
                <span>{words.name(ladder)}</span>
                {planned ? (
                  <Pill tone="brand">{t('ladders.later')}</Pill>
                ) : (
                  own && <Pill tone="brand">{t('ladders.own')}</Pill>
                )}
              </button>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
