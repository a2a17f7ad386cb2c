/** Runs the test of camera, microphone and network and keeps its result: with the account, or with a device. */
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

export type TestOptions = {
  signalingUrl: string
  iceServers: () => Promise<RTCIceServer[]>
  keep: (found: DeviceReport) => Promise<unknown>
}

/** `auto`: runs by itself, each time that it becomes true. The options must stay the same. */
export function useTesting({ signalingUrl, iceServers, keep }: TestOptions, auto: boolean) {
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
      const found = await checkDevices({ signalingUrl, iceServers: await iceServers() })
      setReport(found)
      await keep(found)
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      busy.current = false
      setRunning(false)
    }
  }, [signalingUrl, iceServers, keep])

  const begun = useRef(false)
  useEffect(() => {
    if (auto && !begun.current) void run()
    begun.current = auto
  }, [auto, run])

  return { running, report, problem, run: () => void run() }
}

/** `auto`: runs once by itself. `consultation`: its readiness includes the result. */
export function useDeviceTest(auto: boolean, consultation?: string): DeviceTesting {
  const { signaling_url } = useSession()
  const queries = useQueryClient()
  const keep = useCallback(
    async (found: DeviceReport) => {
      await keepTest(found)
      void allChanged(queries, {
        'device-test': 'last',
        ...(consultation ? { consultation } : {}),
      })
    },
    [queries, consultation],
  )
  return useTesting({ signalingUrl: signaling_url, iceServers, keep }, auto)
}
