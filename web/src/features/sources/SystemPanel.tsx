/** The hospital's system: how it is doing, its set-up, and trying it. */
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format'
import { Dialog } from '../../kit/Dialog'
import { EmptyState } from '../../kit/EmptyState'
import { Panel } from '../../kit/Panel'
import { Pill } from '../../kit/Pill'
import { type System, useRemoveSystem } from './queries'
import { SystemDialog } from './SystemDialog'
import css from './sources.module.css'
import { TryIt } from './TryIt'

export function SystemPanel({ system }: { system: System | null }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<'edit' | 'remove' | null>(null)
  const close = () => setOpen(null)
  const connect = (
    <Button type="primary" onClick={() => setOpen('edit')}>
      {t('systems.connect')}
    </Button>
  )
  return (
    <Panel
      title={t('systems.own')}
      note={t('systems.note')}
      extra={
        system && (
          <>
            <Button size="small" onClick={() => setOpen('edit')}>
              {t('systems.change')}
            </Button>{' '}
            <Button size="small" danger onClick={() => setOpen('remove')}>
              {t('systems.remove')}
            </Button>
          </>
        )
      }
    >
      {system ? (
        <div className={css.system}>
          <State system={system} />
          <TryIt key={system.version} />
        </div>
      ) : (
        <EmptyState title={t('systems.none')} hint={t('systems.none_hint')} action={connect} />
      )}
      {open === 'edit' && <SystemDialog system={system} onClose={close} />}
      {open === 'remove' && system && <Remove system={system} onClose={close} />}
    </Panel>
  )
}

function State({ system }: { system: System }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const { heard_at, failed_at, why, failures } = system
  const well = heard_at !== null && (failed_at === null || failed_at < heard_at)
  return (
    <div className={css.state}>
      <p>
        <strong>{system.name}</strong>{' '}
        <span className="secondary">{t(`systems.kind.${system.kind}`)}</span>
      </p>
      <p className={css.address}>{system.address}</p>
      <p>
        <Pill tone={well ? 'done' : heard_at ? 'urgent' : 'quiet'}>
          {heard_at ? t('systems.state.heard', { at: moment(heard_at) }) : t('systems.state.never')}
        </Pill>{' '}
        <span className={failures > 0 ? 'late' : 'secondary'}>
          {failures > 0
            ? t('systems.state.failures', { count: failures })
            : t('systems.state.no_failures')}
        </span>
      </p>
      {failed_at && why && (
        <p className="secondary">
          {t('systems.state.failed', { at: moment(failed_at), why: t(`systems.fault.${why}`) })}
        </p>
      )}
    </div>
  )
}

function Remove({ system, onClose }: { system: System; onClose: () => void }) {
  const { t } = useTranslation()
  const remove = useRemoveSystem(system, onClose)
  return (
    <Dialog
      title={t('systems.remove_title')}
      confirm={t('systems.remove')}
      danger
      busy={remove.isPending}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <p>{t('systems.remove_text')}</p>
    </Dialog>
  )
}
