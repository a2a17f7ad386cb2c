/** The call of a device: it waits in the room of the meeting that its venue is booked for, whoever is signed in. */
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { asProblem } from '../../api/problem'
import { Call, type CallState, LocalMedia, TicketRefused } from '../../call'
import { besideRoom, leaveRoom } from '../room/visit/beside'
import { type Here, ticketHere } from './queries'

const AGAIN_MS = 10_000
const FOR_GOOD = new Set([401, 403, 404])

export type DeviceCall = { call: Call; media: LocalMedia }

const nobody = () => () => undefined
const nothing = () => null

/** A call while the device has a booking to wait for; one that has begun goes on until the room ends it. */
export function useCall(here: Here | undefined): DeviceCall | null {
  const [made, setMade] = useState<DeviceCall | null>(null)
  const [turn, setTurn] = useState(0)
  const wanted = here?.registered?.waits_for ?? null
  const url = here?.signaling_url
  const state = useCallState(made?.call ?? null)
  const inside = state?.phase === 'in'
  const ended = state?.phase === 'ended'
  useEffect(() => {
    // What is on stays on; a new booking is waited for when that is over.
    if (made && (inside || wanted)) return
    if (made) {
      end(made)
      setMade(null)
    } else if (wanted && url) setMade(begin(url))
  }, [made, wanted, url, inside])
  const kept = useRef(made)
  kept.current = made
  useEffect(() => () => void (kept.current && end(kept.current)), [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: each turn tries anew
  useEffect(() => {
    if (!made || !ended) return
    end(made)
    const timer = setTimeout(() => {
      setMade(null)
      setTurn((before) => before + 1)
    }, AGAIN_MS)
    return () => clearTimeout(timer)
  }, [made, ended, turn])
  // The camera opens when the device comes in, not while it waits.
  useEffect(() => {
    if (made && inside) void made.media.open()
  }, [made, inside])
  return made && !ended ? made : null
}

export const useCallState = (call: Call | null): CallState | null =>
  useSyncExternalStore<CallState | null>(
    call?.store.subscribe ?? nobody,
    call?.store.get ?? nothing,
  )

function begin(url: string): DeviceCall {
  const media = new LocalMedia(true)
  const ticket = async () => {
    try {
      const { room, ticket: signed } = await ticketHere()
      besideRoom(room)
      return signed
    } catch (error) {
      const problem = asProblem(error)
      throw FOR_GOOD.has(problem.status) ? new TicketRefused() : problem
    }
  }
  return { call: new Call({ url, ticket, media }), media }
}

function end({ call, media }: DeviceCall): void {
  call.leave()
  media.dispose()
  leaveRoom()
}
