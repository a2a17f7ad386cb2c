/** 提醒与升级: for each subject who is reminded, and who is told when it is late; its administrator changes it. */
import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AdminTabs } from '../../kit/AdminTabs'
import { Field } from '../../kit/Field'
import { Loaded } from '../../kit/Loaded'
import { PageHead } from '../../kit/PageHead'
import { PanelSkeleton } from '../../kit/Skeletons'
import { useFits } from '../../kit/useFits'
import css from './administration.module.css'
import { grouped } from './groups'
import { LadderPanel } from './LadderPanel'
import { type Chosen, concerns, type Ladders, narrowed, ownerKey, type Urgency } from './ladder'
import { useLadderWords } from './ladderWords'
import { laddersQuery } from './queries'
import { SubjectField, Subjects } from './Subjects'

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
  const [ladder, setLadder] = useState(grouped(all.shapes)[0]?.shapes[0]?.ladder)
  const phone = useFits('(max-width: 767px)')
  const of = all.owners.find((one) => ownerKey(one) === owner) ?? first
  const shapes = all.shapes.filter((one) => concerns(one, urgency))
  const shape = shapes.find((one) => one.ladder === ladder) ?? shapes[0]
  if (!of || !shape) return null
  const chosen: Chosen = { owner: of, urgency, ladder: shape.ladder }
  const subjects = { all, shapes, chosen, onChoose: setLadder }
  return (
    <>
      <Choice all={all} chosen={chosen} onOwner={setOwner} onUrgency={setUrgency} />
      {phone && <SubjectField {...subjects} />}
      <div className={css.two}>
        {!phone && <Subjects {...subjects} />}
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
