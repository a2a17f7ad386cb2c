/** Which ladder is looked at: a list beside it, on a phone one field above it. */
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNow } from '../../api/clock'
import { Field } from '../../kit/Field'
import { Panel } from '../../kit/Panel'
import { Pill } from '../../kit/Pill'
import css from './administration.module.css'
import { grouped } from './groups'
import { type Chosen, isPlanned, type Ladders, type Shape, scopeOf } from './ladder'
import { useLadderWords } from './ladderWords'

type Props = {
  all: Ladders
  shapes: readonly Shape[]
  chosen: Chosen
  onChoose: (ladder: Shape['ladder']) => void
}

export function SubjectField({ shapes, chosen, onChoose }: Props) {
  const { t } = useTranslation()
  const words = useLadderWords()
  return (
    <Field label={t('ladders.list')}>
      {({ id }) => (
        <Select
          id={id}
          value={chosen.ladder}
          onChange={onChoose}
          options={grouped(shapes).map((each) => ({
            label: t(`ladders.group.${each.group}`),
            options: each.shapes.map(({ ladder }) => ({
              value: ladder,
              label: words.name(ladder),
            })),
          }))}
        />
      )}
    </Field>
  )
}

export function Subjects({ all, shapes, chosen, onChoose }: Props) {
  const { t } = useTranslation()
  return (
    <div className={css.beside}>
      <Panel title={t('ladders.list')} tight>
        {grouped(shapes).map((each) => (
          <section key={each.group} aria-labelledby={`subjects-${each.group}`}>
            <h3 id={`subjects-${each.group}`} className={css.group}>
              {t(`ladders.group.${each.group}`)}
            </h3>
            <ul>
              {each.shapes.map(({ ladder }) => (
                <li key={ladder}>
                  <Subject all={all} chosen={chosen} ladder={ladder} onChoose={onChoose} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </Panel>
    </div>
  )
}

type SubjectProps = Pick<Props, 'all' | 'chosen' | 'onChoose'> & Pick<Shape, 'ladder'>

function Subject({ all, chosen, ladder, onChoose }: SubjectProps) {
  const { t } = useTranslation()
  const words = useLadderWords()
  const now = useNow()
  const sets = scopeOf(all, { ...chosen, ladder })?.sets ?? []
  const own = sets.some((set) => set.saved_by !== null && set.until === null)
  const planned = sets.some((set) => isPlanned(set, now))
  return (
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
  )
}
