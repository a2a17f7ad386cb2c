/** How the consultation is held, whether the patient is present, and who accompanies them. */
import { useQuery } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session'
import { Field } from '../../kit/Field'
import { usePeopleWords } from '../../kit/people'
import { useDraft } from './draft'
import { Part } from './Part'
import { accompanyingQuery } from './queries'
import css from './requests.module.css'
import { fieldId } from './sections'

const MODES = ['live', 'written'] as const

export function WayPart() {
  const { t } = useTranslation()
  const { row, set, missing, fixed } = useDraft()
  const { withTitle } = usePeopleWords()
  const { actor } = useSession()
  const { data } = useQuery(accompanyingQuery(row.branch_id))
  const lacks = missing.includes('accompanying')
  const mayMyself = data?.some(({ id }) => id === actor.id) && row.accompanying_id !== actor.id
  return (
    <Part section="way">
      <div className={css.three}>
        <Field label={t('requests.way.mode')} required>
          {(ids) => (
            <Select
              {...ids}
              disabled={fixed}
              value={row.mode}
              options={MODES.map((value) => ({ value, label: t(`requests.way.modes.${value}`) }))}
              onChange={(mode) => set({ mode }, true)}
            />
          )}
        </Field>
        <Field label={t('requests.way.present')} required>
          {(ids) => (
            <Select
              {...ids}
              disabled={fixed}
              value={row.patient_present}
              options={[
                { value: true, label: t('requests.way.presents.yes') },
                { value: false, label: t('requests.way.presents.no') },
              ]}
              onChange={(patient_present) => set({ patient_present }, true)}
            />
          )}
        </Field>
        <Field label={t('requests.way.accompanying')} required={row.urgency !== 'stat'}>
          {(ids) => (
            <span className={css.row}>
              <Select
                {...ids}
                id={fieldId('accompanying')}
                aria-label={t('requests.way.accompanying')}
                style={{ flex: 1, minWidth: 0 }}
                disabled={fixed}
                placeholder={t('requests.way.choose')}
                value={row.accompanying_id}
                {...(lacks ? { status: 'warning' as const } : {})}
                options={(data ?? []).map((each) => ({ value: each.id, label: withTitle(each) }))}
                onChange={(accompanying_id) => set({ accompanying_id }, true)}
              />
              {mayMyself && !fixed && (
                <Button
                  type="link"
                  size="small"
                  onClick={() => set({ accompanying_id: actor.id }, true)}
                >
                  {t('requests.way.me')}
                </Button>
              )}
            </span>
          )}
        </Field>
      </div>
    </Part>
  )
}
