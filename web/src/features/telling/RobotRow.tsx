/** A group robot: whose, how it does, and what may be done with it. */
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client } from '../../api/client'
import { useFormat } from '../../i18n/format'
import { Dialog } from '../../kit/Dialog'
import { Pill } from '../../kit/Pill'
import { useAct } from '../../kit/useAct'
import type { Robot } from './queries'
import { RobotDialog } from './RobotDialog'
import { TestButton } from './TestButton'
import css from './telling.module.css'
import { useGroupWords } from './useGroupWords'

export function RobotRow({ robot, hosts }: { robot: Robot; hosts: string[] }) {
  const { t } = useTranslation()
  const group = useGroupWords()
  const [open, setOpen] = useState<'change' | 'remove' | null>(null)
  const close = () => setOpen(null)
  return (
    <li className={css.robot}>
      <span>
        <b>{robot.name}</b>{' '}
        <span className="secondary small">
          {t(`telling.robot.kinds.${robot.kind}`)} · {robot.host}
        </span>
      </span>
      <span>{group(robot)}</span>
      <span>
        <State robot={robot} />
      </span>
      <span className={css.acts}>
        <TestButton
          label={`${t('telling.test')} ${robot.name}`}
          run={() =>
            body(
              client.POST('/api/notices/robots/{id}/test', { params: { path: { id: robot.id } } }),
            )
          }
          sent={t('telling.robot.test_sent')}
        />
        <Button
          aria-label={`${t('telling.robot.change')} ${robot.name}`}
          onClick={() => setOpen('change')}
        >
          {t('telling.robot.change')}
        </Button>
        <Button
          aria-label={`${t('telling.robot.remove')} ${robot.name}`}
          onClick={() => setOpen('remove')}
        >
          {t('telling.robot.remove')}
        </Button>
      </span>
      {open === 'change' && <RobotDialog robot={robot} hosts={hosts} onClose={close} />}
      {open === 'remove' && <Remove robot={robot} onClose={close} />}
    </li>
  )
}

function State({ robot: { waiting, sent_at, failed_at } }: { robot: Robot }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  if (waiting.count > 0)
    return (
      <>
        <Pill tone={waiting.why ? 'stat' : 'quiet'}>
          {t('telling.robot.waits', { count: waiting.count })}
        </Pill>{' '}
        {waiting.why && <span className="small">{t(`telling.why.${waiting.why}`)}</span>}
      </>
    )
  const failed = failed_at && (!sent_at || failed_at > sent_at)
  if (failed)
    return <Pill tone="stat">{t('telling.robot.failed_at', { at: moment(failed_at) })}</Pill>
  if (sent_at) return <Pill tone="done">{t('telling.robot.sent_at', { at: moment(sent_at) })}</Pill>
  return <span className="secondary small">{t('telling.robot.unused')}</span>
}

function Remove({ robot, onClose }: { robot: Robot; onClose: () => void }) {
  const { t } = useTranslation()
  const remove = useAct({
    run: () =>
      body(client.DELETE('/api/notices/robots/{id}', { params: { path: { id: robot.id } } })),
    changes: { outside: '*' },
    done: t('telling.robot.removed'),
    onDone: onClose,
  })
  return (
    <Dialog
      title={t('telling.robot.remove_which', { name: robot.name })}
      confirm={t('telling.robot.remove')}
      danger
      busy={remove.isPending}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <p>{t('telling.robot.remove_hint')}</p>
    </Dialog>
  )
}
