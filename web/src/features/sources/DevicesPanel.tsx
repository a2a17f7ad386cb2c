/** 影像设备: the AE titles that may send images in this hospital's name, and when each last did. */
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format'
import { Dialog } from '../../kit/Dialog'
import { EmptyState } from '../../kit/EmptyState'
import { Field } from '../../kit/Field'
import { useFieldErrors } from '../../kit/fieldErrors'
import { Panel } from '../../kit/Panel'
import { type Sources, useAddDevice, useRemoveDevice } from './queries'
import css from './sources.module.css'

/** As the standard allows it (PS3.5 §6.2, AE). */
const TITLE = /^[ -[\]-~]{1,16}$/

export function DevicesPanel({ sources: { ae_titles, receiver } }: { sources: Sources }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const [leaving, setLeaving] = useState<string | null>(null)
  return (
    <Panel title={t('systems.devices')} note={t('systems.devices_note')}>
      <div className={css.devices}>
        <p className="secondary">
          {receiver.port > 0
            ? t('systems.receiver', { title: receiver.title, port: String(receiver.port) })
            : t('systems.no_receiver')}
        </p>
        {ae_titles.length === 0 && (
          <EmptyState title={t('systems.no_devices')} hint={t('systems.no_devices_hint')} />
        )}
        <ul className={css.list}>
          {ae_titles.map(({ title, name, heard_at }) => (
            <li key={title}>
              <strong className={css.title}>{title}</strong>
              <span>{name}</span>
              <span className="secondary">
                {heard_at
                  ? t('systems.last_heard', { at: moment(heard_at) })
                  : t('systems.never_heard')}
              </span>
              <Button
                size="small"
                aria-label={t('systems.withdraw_which', { title })}
                onClick={() => setLeaving(title)}
              >
                {t('systems.withdraw')}
              </Button>
            </li>
          ))}
        </ul>
        <Add />
      </div>
      {leaving && <Withdraw title={leaving} onClose={() => setLeaving(null)} />}
    </Panel>
  )
}

function Add() {
  const { t } = useTranslation()
  const [title, setTitle] = useState('')
  const [name, setName] = useState('')
  const { errors, refused, forget } = useFieldErrors()
  const add = useAddDevice(() => {
    setTitle('')
    setName('')
  }, refused)
  const right = TITLE.test(title.trim())
  const wrong = title.trim() !== '' && !right
  const error = wrong ? t('systems.ae_title_wrong') : (errors.title ?? null)
  return (
    <form
      className={css.add}
      onSubmit={(event) => {
        event.preventDefault()
        if (right) add.mutate({ title: title.trim(), name: name.trim() })
      }}
    >
      <Field label={t('systems.ae_title')} hint={t('systems.ae_title_hint')} error={error}>
        {(ids) => (
          <Input
            {...ids}
            autoComplete="off"
            status={error ? 'error' : ''}
            value={title}
            onChange={({ target }) => {
              setTitle(target.value)
              forget(['title'])
            }}
          />
        )}
      </Field>
      <Field label={t('systems.device')} hint={t('systems.device_hint')}>
        {(ids) => (
          <Input
            {...ids}
            autoComplete="off"
            maxLength={60}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        )}
      </Field>
      <Button htmlType="submit" disabled={!right} loading={add.isPending}>
        {t('systems.add')}
      </Button>
    </form>
  )
}

function Withdraw({ title, onClose }: { title: string; onClose: () => void }) {
  const { t } = useTranslation()
  const remove = useRemoveDevice(onClose)
  return (
    <Dialog
      title={t('systems.withdraw_which', { title })}
      confirm={t('systems.withdraw')}
      busy={remove.isPending}
      onConfirm={() => remove.mutate(title)}
      onClose={onClose}
    >
      <p>{t('systems.withdraw_text')}</p>
    </Dialog>
  )
}
