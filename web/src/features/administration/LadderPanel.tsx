/** One ladder: what holds as sentences, its table while it is edited, and the rules so far. */
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNow } from '../../api/clock'
import { Panel } from '../../kit/Panel'
import { usePeopleWords } from '../../kit/people'
import css from './administration.module.css'
import { GiveUp } from './GiveUp'
import { LadderEditor } from './LadderEditor'
import { LadderHistory } from './LadderHistory'
import { type Chosen, holding, type Ladders, ownerKey, type Shape, scopeOf } from './ladder'
import { useLadderWords } from './ladderWords'
import { Sentences } from './Sentences'

type Props = { all: Ladders; chosen: Chosen; shape: Shape }

export function LadderPanel({ all, chosen, shape }: Props) {
  const { t } = useTranslation()
  const words = useLadderWords()
  const now = useNow()
  const [editing, setEditing] = useState(false)
  const scope = scopeOf(all, chosen)
  const held = holding(all, chosen, now)
  const own =
    held &&
    ownerKey(held.from.owner) === ownerKey(chosen.owner) &&
    held.from.urgency === chosen.urgency
  const mayEdit = chosen.owner.may_edit
  const isDefault = ownerKey(chosen.owner) === '' && chosen.urgency === null
  const note = [words.owner(chosen.owner), words.urgency(chosen.urgency)].join(' · ')
  return (
    <div className={css.stack}>
      <Panel
        title={words.name(chosen.ladder)}
        note={note}
        extra={
          mayEdit &&
          !editing && (
            <span className={css.acts}>
              {own && held.set.saved_at !== null && !isDefault && (
                <GiveUp chosen={chosen} version={scope?.version ?? 0} />
              )}
              <Button type="primary" onClick={() => setEditing(true)}>
                {own ? t('ladders.edit') : t('ladders.own_one')}
              </Button>
            </span>
          )
        }
      >
        {!mayEdit && <ReadOnly chosen={chosen} />}
        {held && !own && (
          <p className={`secondary ${css.line}`}>
            {t('ladders.inherited', {
              from: `${words.owner(held.from.owner)} · ${words.urgency(held.from.urgency)}`,
            })}
          </p>
        )}
        {editing ? (
          <LadderEditor
            chosen={chosen}
            shape={shape}
            version={scope?.version ?? 0}
            from={held?.set}
            isOwn={Boolean(own)}
            onClose={() => setEditing(false)}
          />
        ) : (
          held && <Sentences rungs={held.set.rungs} shape={shape} />
        )}
      </Panel>
      {scope && scope.sets.length > 0 && (
        <LadderHistory chosen={chosen} scope={scope} shape={shape} />
      )}
    </div>
  )
}

function ReadOnly({ chosen: { owner } }: { chosen: Chosen }) {
  const { t } = useTranslation()
  const { hospital } = usePeopleWords()
  return (
    <p className={`secondary ${css.line}`}>
      {owner.hospital_id
        ? t('ladders.read_only.branch', { hospital: hospital(owner.hospital_id) })
        : t('ladders.read_only.hub')}
    </p>
  )
}
