/** Who is asked to lead, in this order. */
import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { Field } from '../../../kit/Field'
import { usePeopleWords } from '../../../kit/people'
import { placed } from '../list/order'
import type { Lead } from '../queries'
import css from './series.module.css'

type Props = {
  choices: readonly Lead[]
  leads: readonly string[]
  onChange: (ids: string[]) => void
}

export function LeadPool({ choices, leads, onChange }: Props) {
  const { t } = useTranslation()
  const { named, withTitle } = usePeopleWords()
  const department = (one: Lead) => named({ name: one.department, name_en: one.department_en })
  const shown = leads.flatMap((id) => choices.find((each) => each.id === id) ?? [])
  return (
    <div className={css.form}>
      <Field label={t('rounds.series.pool_add')} hint={t('rounds.series.pool_hint')}>
        {({ id }) => (
          <Select
            id={id}
            showSearch={{ optionFilterProp: 'label' }}
            value={null}
            placeholder={t('rounds.person_hint')}
            options={choices
              .filter((each) => !leads.includes(each.id))
              .map((each) => ({
                value: each.id,
                label: `${withTitle(each)} · ${department(each)}`,
              }))}
            onChange={(added: string | null) => added && onChange([...leads, added])}
          />
        )}
      </Field>
      {shown.length === 0 && <p className="secondary small">{t('rounds.series.pool_empty')}</p>}
      <ol className={css.pool} aria-label={t('rounds.series.pool')}>
        {shown.map((each, at) => (
          <li key={each.id}>
            <span>
              {at + 1} · {withTitle(each)} <span className="secondary">{department(each)}</span>
            </span>
            <span className={css.acts}>
              <Button
                icon={<ArrowUpOutlined aria-hidden />}
                aria-label={t('rounds.series.earlier', { name: named(each) })}
                disabled={at === 0}
                onClick={() => onChange(placed(leads, each.id, at - 1))}
              />
              <Button
                icon={<ArrowDownOutlined aria-hidden />}
                aria-label={t('rounds.series.later', { name: named(each) })}
                disabled={at === shown.length - 1}
                onClick={() => onChange(placed(leads, each.id, at + 1))}
              />
              <Button
                icon={<DeleteOutlined aria-hidden />}
                aria-label={t('rounds.series.drop', { name: named(each) })}
                onClick={() => onChange(leads.filter((id) => id !== each.id))}
              />
            </span>
          </li>
        ))}
      </ol>
    </div>
  )
}
