/** What must work so that a ring is heard and answered: bell, notifications, connection, screen, camera, microphone. */
import { CheckOutlined, ExclamationCircleOutlined, SoundOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNow } from '../../../api/clock'
import { useLiveState } from '../../../api/useLive'
import { useFormat } from '../../../i18n/format'
import { bellUnlocked, strike } from '../../../kit/bell'
import { usePermission } from '../../../kit/notification'
import { Panel } from '../../../kit/Panel'
import { Pill } from '../../../kit/Pill'
import type { Awake } from '../../../kit/useAwake'
import { DeviceTestView } from '../../room/door/DeviceTest'
import type { DeviceTesting } from '../../room/door/useDeviceTest'
import css from './standby.module.css'

const DEVICES = ['camera', 'microphone', 'signaling', 'media'] as const

export function Ready({ test, awake }: { test: DeviceTesting; awake: Awake }) {
  const { t } = useTranslation()
  const now = useNow() // also because a click anywhere unlocks the bell, which nothing else tells
  const { time } = useFormat()
  const [tried, setTried] = useState<number | null>(null)
  const heard = bellUnlocked()
  const live = useLiveState()
  const [permission, ask] = usePermission()
  const own = [heard, permission === 'granted', live === 'open', awake === 'on']
  const good = [...own, ...DEVICES.map((each) => test.report?.[each].state === 'ok')]
  const ready = good.filter(Boolean).length
  return (
    <Panel
      title={t('standby.prepare')}
      note={
        <Pill tone={ready === good.length ? 'done' : 'quiet'}>
          {t('standby.good_of', { n: String(ready), all: String(good.length) })}
        </Pill>
      }
      extra={
        <Button
          size="small"
          icon={<SoundOutlined aria-hidden />}
          onClick={() => {
            strike()
            setTried(now)
          }}
        >
          {t('standby.try')}
        </Button>
      }
    >
      <ul className={css.lines}>
        <Line good={heard} name={t('standby.bell')}>
          {heard && tried !== null
            ? t('standby.tried', { at: time(new Date(tried).toISOString()) })
            : t(heard ? 'standby.bell_on' : 'standby.bell_off')}
        </Line>
        <Line good={permission === 'granted'} name={t('standby.notify')}>
          {permission === 'default' ? (
            <Button size="small" onClick={ask}>
              {t('home.notify_allow')}
            </Button>
          ) : (
            t(`standby.notify_state.${permission}`)
          )}
        </Line>
        <Line good={live === 'open'} name={t('standby.live')}>
          {t(`standby.live_state.${live}`)}
        </Line>
        <Line good={awake === 'on'} name={t('standby.awake')}>
          {t(`standby.awake_state.${awake}`)}
        </Line>
      </ul>
      <div className={css.checks}>
        <DeviceTestView
          test={test}
          means={{ passed: t('standby.tested'), failed: t('standby.untested') }}
        />
      </div>
      <p className={`secondary small ${css.beside}`}>
        <b>{t('standby.phone')}</b> {t('standby.phone_hint')}
      </p>
    </Panel>
  )
}

function Line({ good, name, children }: { good: boolean; name: string; children: ReactNode }) {
  return (
    <li>
      {good ? (
        <CheckOutlined aria-hidden className={css.good ?? ''} />
      ) : (
        <ExclamationCircleOutlined aria-hidden className={css.fair ?? ''} />
      )}
      <b>{name}</b>
      <span className="secondary">{children}</span>
    </li>
  )
}
