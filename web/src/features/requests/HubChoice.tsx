/** 受邀医院: which hospital is asked. Where several may be, its doctor chooses one until the request is submitted. */
import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../kit/Dialog'
import { Field } from '../../kit/Field'
import { usePeopleWords } from '../../kit/people'
import { useAct } from '../../kit/useAct'
import { useDraft } from './draft'
import { save } from './queries'
import css from './requests.module.css'

export function HubChoice() {
  const { t } = useTranslation()
  const { row, fixed } = useDraft()
  const { hospital } = usePeopleWords()
  const [chosen, setChosen] = useState<string | null>(null)
  const act = useChange(() => setChosen(null))
  const choices = [...new Set([row.hub_id, ...row.hubs])]
  if (fixed || row.hubs.length === 0 || choices.length === 1)
    return (
      <p className={css.hub}>
        <span className="secondary">{t('requests.wanted.hub')}</span> {hospital(row.hub_id)}
      </p>
    )
  // In an emergency nobody has agreed to anything: such a consent names no hospital.
  const named = row.consents.some(
    ({ kind, state }) => kind !== 'emergency' && state !== 'withdrawn' && state !== 'outdated',
  )
  return (
    <div className={css.hub}>
      <Field label={t('requests.wanted.hub')}>
        {(ids) => (
          <Select
            {...ids}
            value={row.hub_id}
            loading={act.isPending}
            disabled={act.isPending}
            options={choices.map((id) => ({
              value: id,
              label: hospital(id),
              disabled: !row.hubs.includes(id),
            }))}
            onChange={(id) => (named ? setChosen(id) : act.mutate(id))}
          />
        )}
      </Field>
      {chosen && (
        <Dialog
          title={t('requests.wanted.change_hub', { to: hospital(chosen) })}
          confirm={t('requests.wanted.change_hub_confirm')}
          busy={act.isPending}
          onConfirm={() => act.mutate(chosen)}
          onClose={() => setChosen(null)}
        >
          <p>{t('requests.wanted.consent_names', { from: hospital(row.hub_id) })}</p>
        </Dialog>
      )}
    </div>
  )
}

/** An act of its own and not a field that is typed: consents, departments and times follow from it. */
function useChange(onDone: () => void) {
  const { t } = useTranslation()
  const { flush } = useDraft()
  const { hospital } = usePeopleWords()
  return useAct({
    run: async (hub_id: string) => {
      const row = await flush()
      return save(row, { hub_id })
    },
    done: ({ hub_id }) => t('requests.wanted.hub_changed', { to: hospital(hub_id) }),
    onDone,
  })
}
