/** The test of this device, begun by the click that opened it. */
import { DeviceTestView } from '../room/DeviceTest'
import { useDeviceTest } from '../room/useDeviceTest'

export default function OwnTest({ id }: { id: string }) {
  return <DeviceTestView test={useDeviceTest(true, id)} />
}
