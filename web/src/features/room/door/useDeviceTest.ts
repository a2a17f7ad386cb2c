/** Runs the test of camera, microphone and network and keeps its result with the account. */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { asProblem, type Problem } from '../../../api/problem'
import { useSession } from '../../../api/session'
import { allChanged } from '../../../api/stale'
import { checkDevices, type DeviceReport } from '../../../call'
import { iceServers, keepTest } from '../visit/queries'

export type DeviceTesting = {
  running: boolean
  report: DeviceReport | null
  /** Why the result could not be stored. */
  problem: Problem | null
  run: () => void
}

/** `auto`: runs once by itself. `consultation`: its readiness includes the result. */
export function useDeviceTest(auto: boolean, consultation?: string): DeviceTesting {
  const { signaling_url } = useSession()
  const queries = useQueryClient()
  const [running, setRunning] = useState(false)
  const [report, setReport] = useState<DeviceReport | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const busy = useRef(false)

  const run = useCallback(async () => {
    if (busy.current) return
    busy.current = true
    setRunning(true)
    setProblem(null)
    try {
      const found = await checkDevices({
        signalingUrl: signaling_url,
        iceServers: await iceServers(),
      })
      setReport(found)
      await keepTest(found)
      void allChanged(queries, {
        'device-test': 'last',
        ...(consultation ? { consultation } : {}),
      })
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      busy.current = false
      setRunning(false)
    }
  }, [signaling_url, queries, consultation])

  const begun = useRef(false)
  useEffect(() => {
    if (!auto || begun.current) return
    begun.current = true
    void run()
  }, [auto, run])

  return { running, report, problem, run: () => void run() }
}
