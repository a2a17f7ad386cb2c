/** 床位资料: what a bed needs for its round, by specialty, as it is built in or as this hub has it. */
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { departmentsQuery } from '../../../consultation/queries'
import { Loaded } from '../../../kit/Loaded'
import { Panel } from '../../../kit/Panel'
import { Pill } from '../../../kit/Pill'
import { usePeopleWords } from '../../../kit/people'
import { PanelSkeleton } from '../../../kit/Skeletons'
import { type Template, templatesQuery } from '../queries'
import { NeedsDrawer } from './NeedsDrawer'
import css from './needs.module.css'

export function NeedsTab() {
  const { t } = useTranslation()
  const [edited, setEdited] = useState<string | null>(null)
  const name = useSpecialty()
  return (
    <Loaded
      query={templatesQuery()}
      what={t('rounds.tab.needs')}
      skeleton={<PanelSkeleton rows={6} rowHeight={64} cells={[160, '30%', '40%', 96]} />}
    >
      {({ items }) => {
        const row = items.find(({ specialty }) => specialty === edited)
        return (
          <Panel title={t('rounds.tab.needs')} note={t('rounds.needs.note')} tight>
            <ul className={css.rows} aria-label={t('rounds.tab.needs')}>
              {items.map((each) => (
                <One
                  key={each.specialty}
                  row={each}
                  name={name(each.specialty)}
                  onEdit={() => setEdited(each.specialty)}
                />
              ))}
            </ul>
            {row && (
              <NeedsDrawer row={row} name={name(row.specialty)} onClose={() => setEdited(null)} />
            )}
          </Panel>
        )
      }}
    </Loaded>
  )
}

function useSpecialty(): (code: string) => string {
  const { named } = usePeopleWords()
  const { data: departments = [] } = useQuery(departmentsQuery())
  return (code) => {
    const found = departments.find((each) => each.specialty === code)
    return found ? named(found) : code
  }
}

type OneProps = { row: Template; name: string; onEdit: () => void }

function One({ row, name, onEdit }: OneProps) {
  const { t } = useTranslation()
  const comma = t('state.comma')
  const { labs, questions } = row
  return (
    <li className={css.row}>
      <span className={css.two}>
        <b>{name}</b>
        <span>
          <Pill tone={row.built_in ? 'quiet' : 'brand'}>
            {t(`rounds.needs.${row.built_in ? 'built_in' : 'own'}`)}
          </Pill>
        </span>
      </span>
      <span className={css.two}>
        <span>{row.needs.map((each) => t(`rounds.needs.need.${each}`)).join(comma)}</span>
        {labs.length > 0 && (
          <span className="secondary small">
            {t('rounds.needs.labs_are', { names: labs.join(comma) })}
          </span>
        )}
      </span>
      <span className="secondary small">{questions.join(' ')}</span>
      <Button aria-label={t('rounds.needs.edit_of', { name })} onClick={onEdit}>
        {t('rounds.needs.edit')}
      </Button>
    </li>
  )
}
