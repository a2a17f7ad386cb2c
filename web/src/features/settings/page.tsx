/** 机构设置: what each hospital asks of its own requests, and whom to telephone when a page fails. */
import { Button, Input, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, ifMatch, type Schemas } from '../../api/client'
import { useRole, useSession } from '../../api/session'
import { AdminTabs } from '../../kit/AdminTabs'
import { PageHead } from '../../kit/PageHead'
import { Panel } from '../../kit/Panel'
import { usePeopleWords } from '../../kit/people'
import { useAct } from '../../kit/useAct'
import css from './settings.module.css'

type Hospital = Schemas['HospitalOut']

export function Component() {
  const { t } = useTranslation()
  const { hospitals, actor } = useSession()
  const administrator = useRole('administrator')
  return (
    <>
      <PageHead title={t('settings.title')} note={t('settings.note')}>
        <AdminTabs />
      </PageHead>
      <div className={css.hospitals}>
        {hospitals.map((hospital) => (
          <Settings
            key={`${hospital.id}:${hospital.version}`}
            hospital={hospital}
            own={administrator && hospital.id === actor.hospital_id}
          />
        ))}
      </div>
    </>
  )
}

/** A hospital's settings; for everybody but its own administrator read-only, and it says who may change them. */
function Settings({ hospital, own }: { hospital: Hospital; own: boolean }) {
  const { t } = useTranslation()
  const words = usePeopleWords()
  const [settings, setSettings] = useState({
    endorsement: hospital.endorsement,
    review: hospital.review,
    coordinator_phone: hospital.coordinator_phone,
  })
  const save = useAct({
    run: () =>
      body(
        client.PUT('/api/hospitals/{id}/settings', {
          params: { path: { id: hospital.id }, header: ifMatch(hospital.version) },
          body: settings,
        }),
      ),
    changes: { session: '*' },
    done: t('settings.saved'),
  })
  const changed =
    settings.endorsement !== hospital.endorsement ||
    settings.review !== hospital.review ||
    settings.coordinator_phone !== hospital.coordinator_phone
  const name = words.hospital(hospital.id)
  return (
    <Panel title={name} note={hospital.licence_name}>
      <div className={css.form}>
        {hospital.kind === 'branch' && (
          <>
            <Toggle
              label={t('settings.endorsement')}
              hint={t('settings.endorsement_hint')}
              of={name}
              on={settings.endorsement}
              disabled={!own}
              set={(endorsement) => setSettings({ ...settings, endorsement })}
            />
            <Toggle
              label={t('settings.review')}
              hint={t('settings.review_hint')}
              of={name}
              on={settings.review}
              disabled={!own}
              set={(review) => setSettings({ ...settings, review })}
            />
          </>
        )}
        <div className={css.phone}>
          <label htmlFor={`phone-${hospital.id}`}>{t('settings.phone')}</label>
          <Input
            id={`phone-${hospital.id}`}
            value={settings.coordinator_phone}
            disabled={!own}
            maxLength={40}
            onChange={({ target }) => setSettings({ ...settings, coordinator_phone: target.value })}
          />
        </div>
        {own ? (
          <Button disabled={!changed} loading={save.isPending} onClick={() => save.mutate()}>
            {t('settings.save')}
          </Button>
        ) : (
          <div className="secondary">{t('settings.own_only', { hospital: name })}</div>
        )}
      </div>
    </Panel>
  )
}

type ToggleProps = {
  label: string
  hint: string
  of: string
  on: boolean
  disabled: boolean
  set: (on: boolean) => void
}

function Toggle({ label, hint, of, on, disabled, set }: ToggleProps) {
  return (
    <div className={css.toggle}>
      <Switch checked={on} disabled={disabled} onChange={set} aria-label={`${of} ${label}`} />
      <div>
        <strong>{label}</strong>
        <div className="secondary">{hint}</div>
      </div>
    </div>
  )
}
