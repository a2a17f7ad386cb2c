/** The stay of somebody at a device: it ends when they leave, when another comes, and after minutes without an act. */
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { onTab, onWord, tellFrame } from '../../api/atDevice'
import { serverNow, useNow } from '../../api/clock'
import { forgetPerson } from '../room/visit/beside'
import { actHere, leaveHere, type Registered } from './queries'

type Person = Registered['person']
type Why = 'signed_out' | 'changed' | 'idle' | null
/** `open`: their pages are shown; `sending`: hidden, and send what was typed; `gone`: nothing of them is left here. */
type Phase = 'open' | 'sending' | 'gone'

const WARN_MS = 30_000
/** After that their pages go whatever they still send: it rests sealed for its author. */
const SEND_MS = 5_000
const AGAIN_MS = 3_000
/** The stay that was left, in case the page is loaded anew before the server could be told. */
const LEFT = 'device.left'

export function useStay(
  person: Person,
  frame: RefObject<HTMLIFrameElement | null>,
  onIn: () => void,
  onGone: () => void,
) {
  const [phase, setPhase] = useState<Phase>(() =>
    person && localStorage.getItem(LEFT) === person.stay ? 'gone' : 'open',
  )
  const [stuck, setStuck] = useState(false)
  const why = useRef<Why>(null)
  const stay = person?.stay
  const leave = useCallback(
    (next: Why, at: Phase = 'sending') => {
      why.current ??= next
      if (stay) localStorage.setItem(LEFT, stay)
      setPhase((before) => (before === 'gone' ? before : at))
    },
    [stay],
  )
  const now = useNow()
  const acted = useRef(now)
  const idle = person ? person.idle_seconds * 1000 - (now - acted.current) : null
  useEffect(() => {
    if (idle !== null && idle <= 0) leave('idle')
  }, [idle, leave])
  useEffect(
    () =>
      onWord(
        () => frame.current?.contentWindow,
        (word) => {
          if (word === 'acted') {
            acted.current = serverNow()
            if (!stay) onIn()
          }
          if (word === 'signed_out') leave('signed_out', 'gone')
          if (word === 'left') leave(null, 'gone')
        },
      ),
    [frame, leave, onIn, stay],
  )
  useTabs(phase)
  useSending(phase, frame, () => leave(null, 'gone'))
  useTelling(phase, () => why.current, onGone, setStuck)
  const warned = idle !== null && idle <= WARN_MS ? Math.max(0, Math.ceil(idle / 1000)) : null
  /** A touch of the device's own page is an act too. */
  const touch = () => {
    acted.current = serverNow()
    if (person) void actHere().catch(() => undefined)
  }
  return { phase, left: warned, stuck, leave, touch }
}

/** Prints and files that somebody has opened are closed as soon as their pages are hidden. */
function useTabs(phase: Phase): void {
  useEffect(() => {
    if (phase !== 'open') return
    const tabs = new Set<Window>()
    const close = () => {
      for (const each of tabs) each.close()
    }
    const stop = onTab((tab) => tabs.add(tab))
    window.addEventListener('pagehide', close)
    return () => {
      stop()
      window.removeEventListener('pagehide', close)
      close()
    }
  }, [phase])
}

/** Lets the pages send what was typed, for a limited time. */
function useSending(
  phase: Phase,
  frame: RefObject<HTMLIFrameElement | null>,
  over: () => void,
): void {
  const end = useRef(over)
  end.current = over
  useEffect(() => {
    if (phase !== 'sending') return
    tellFrame(frame.current, 'leave')
    const timer = setTimeout(() => end.current(), SEND_MS)
    return () => clearTimeout(timer)
  }, [phase, frame])
}

/** Tells the server until it knows: before, the next person could go on as the last. */
function useTelling(
  phase: Phase,
  why: () => Why,
  onGone: () => void,
  setStuck: (is: boolean) => void,
): void {
  const done = useRef({ why, onGone })
  done.current = { why, onGone }
  useEffect(() => {
    if (phase !== 'gone') return
    let timer: ReturnType<typeof setTimeout> | undefined
    const tell = () => {
      leaveHere(done.current.why()).then(
        () => {
          forgetPerson()
          done.current.onGone()
        },
        () => {
          setStuck(true)
          timer = setTimeout(tell, AGAIN_MS)
        },
      )
    }
    tell()
    return () => clearTimeout(timer)
  }, [phase, setStuck])
}
