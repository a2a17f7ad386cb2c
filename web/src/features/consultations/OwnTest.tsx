/** The device test, which starts as soon as it is shown. */
import { DeviceTestView } from '../room/door/DeviceTest'
import { useDeviceTest } from '../room/door/useDeviceTest'

export default function OwnTest({ id }: { id: string }) {
  return <DeviceTestView test={useDeviceTest(true, id)} />
}
