/** The test of this device, begun by the click that opened it. */
import { DeviceTestView } from '../room/door/DeviceTest'
import { useDeviceTest } from '../room/door/useDeviceTest'

export default function OwnTest({ id }: { id: string }) {
  return <DeviceTestView test={useDeviceTest(true, id)} />
}
