/** The device tests itself once a day, while nobody meets in its room; anybody may do it again. */
import { useTranslation } from 'react-i18next'
import { DeviceTestView } from '../room/door/DeviceTest'
import { useTesting } from '../room/door/useDeviceTest'
import { iceServersHere, keepTestHere } from './queries'
import css from './screen.module.css'

export function SelfTest({ signalingUrl, due }: { signalingUrl: string; due: boolean }) {
  const test = useTesting({ signalingUrl, iceServers: iceServersHere, keep: keepTestHere }, due)
  const { t } = useTranslation()
  const means = { passed: t('devices.screen.passed'), failed: t('devices.screen.failed') }
  return (
    <div className={css.card}>
      <DeviceTestView test={test} means={means} />
    </div>
  )
}
