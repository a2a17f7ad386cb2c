/** Mouse, pen and fingers on the stage, told as what they mean for the image. */
import type { ToolName, Vec2 } from '../types'

export type Gestures = {
  tool: () => ToolName
  scroll: (by: number) => void
  scrollTo: (share: number) => void
  window: (by: Vec2) => void
  zoom: (at: Vec2, factor: number) => void
  pan: (by: Vec2) => void
  /** Before the tool: true takes the drag for a mark, false ends it, null leaves it to the tool. */
  press: (at: Vec2) => boolean | null
  /** A mark is dragged, or its next place is sought. */
  aim: (at: Vec2) => void
  release: (at: Vec2) => void
  /** What was begun is given up. */
  cancel: () => void
  hover: (at: Vec2 | null) => void
  /** A glass is held over the image; null: no longer. */
  magnify: (at: Vec2 | null) => void
}

type DragKind = ToolName | 'mark'
type Drag = { kind: DragKind; start: Vec2; last: Vec2; rest: number }

const WHEEL_STEP = 40
const SCROLL_STEP = 6

export function listenToMouse(
  stage: HTMLElement,
  scrollbar: HTMLElement,
  on: Gestures,
): () => void {
  const stop = new AbortController()
  const { signal } = stop
  const fingers = new Map<number, Vec2>()
  let drag: Drag | null = null
  let pinch = 0

  const at = (event: MouseEvent): Vec2 => {
    const box = stage.getBoundingClientRect()
    return [event.clientX - box.left, event.clientY - box.top]
  }
  const kindOf = (event: PointerEvent): ToolName =>
    event.button === 1 ? 'pan' : event.button === 2 ? 'zoom' : on.tool()

  stage.addEventListener(
    'pointerdown',
    (event) => {
      if (event.target instanceof HTMLButtonElement || scrollbar.contains(event.target as Node))
        return
      stage.focus({ preventScroll: true })
      stage.setPointerCapture(event.pointerId)
      const place = at(event)
      if (event.pointerType === 'touch') {
        fingers.set(event.pointerId, place)
        if (fingers.size === 2) {
          on.cancel()
          on.magnify(null)
          drag = null
          pinch = spread(fingers)
          return
        }
      }
      const marks = event.button === 0 ? on.press(place) : null
      if (marks === false) return
      drag = { kind: marks ? 'mark' : kindOf(event), start: place, last: place, rest: 0 }
      if (drag.kind === 'magnify') on.magnify(place)
    },
    { signal },
  )

  stage.addEventListener(
    'pointermove',
    (event) => {
      const place = at(event)
      if (fingers.has(event.pointerId)) fingers.set(event.pointerId, place)
      if (fingers.size === 2) {
        const now = spread(fingers)
        const [a, b] = [...fingers.values()] as [Vec2, Vec2]
        if (pinch > 0) on.zoom([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2], now / pinch)
        pinch = now
        return
      }
      on.hover(place)
      if (!drag) on.aim(place)
      else move(drag, place, on)
    },
    { signal },
  )

  const end = (event: PointerEvent) => {
    fingers.delete(event.pointerId)
    pinch = 0
    if (drag?.kind === 'mark') on.release(at(event))
    if (drag?.kind === 'magnify') on.magnify(null)
    drag = null
  }
  stage.addEventListener('pointerup', end, { signal })
  stage.addEventListener('pointercancel', end, { signal })
  stage.addEventListener('pointerleave', () => on.hover(null), { signal })
  stage.addEventListener('contextmenu', (event) => event.preventDefault(), { signal })

  listenToWheel(stage, at, on, signal)
  listenToScrollbar(scrollbar, on, signal)
  return () => stop.abort()
}

/** How far apart two fingers are. */
function spread(fingers: ReadonlyMap<number, Vec2>): number {
  const [a, b] = [...fingers.values()]
  return a && b ? Math.hypot(a[0] - b[0], a[1] - b[1]) : 0
}

/** What a drag does to the image depends on the tool it began with. */
function move(one: Drag, place: Vec2, on: Gestures): void {
  const by: Vec2 = [place[0] - one.last[0], place[1] - one.last[1]]
  one.last = place
  if (one.kind === 'window') on.window(by)
  else if (one.kind === 'pan') on.pan(by)
  else if (one.kind === 'zoom') on.zoom(one.start, 1.01 ** by[1])
  else if (one.kind === 'mark') on.aim(place)
  else if (one.kind === 'magnify') on.magnify(place)
  else {
    one.rest += by[1]
    const steps = Math.trunc(one.rest / SCROLL_STEP)
    one.rest -= steps * SCROLL_STEP
    if (steps !== 0) on.scroll(steps)
  }
}

function listenToWheel(
  stage: HTMLElement,
  at: (event: MouseEvent) => Vec2,
  on: Gestures,
  signal: AbortSignal,
): void {
  let wheel = 0
  stage.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault()
      if (event.ctrlKey) {
        on.zoom(at(event), event.deltaY < 0 ? 1.1 : 1 / 1.1)
        return
      }
      // One notch of a wheel is one slice; a touch pad's small steps add up.
      const delta = event.deltaMode === 0 ? event.deltaY : event.deltaY * WHEEL_STEP
      wheel = Math.sign(wheel) === Math.sign(delta) ? wheel + delta : delta
      const steps =
        Math.abs(delta) >= WHEEL_STEP ? Math.sign(delta) : Math.trunc(wheel / WHEEL_STEP)
      if (steps === 0) return
      wheel = 0
      on.scroll(steps)
    },
    { signal, passive: false },
  )
}

function listenToScrollbar(scrollbar: HTMLElement, on: Gestures, signal: AbortSignal): void {
  const along = (event: PointerEvent) => {
    const box = scrollbar.getBoundingClientRect()
    on.scrollTo(Math.min(1, Math.max(0, (event.clientY - box.top) / Math.max(1, box.height))))
  }
  scrollbar.addEventListener(
    'pointerdown',
    (event) => {
      event.stopPropagation()
      scrollbar.setPointerCapture(event.pointerId)
      along(event)
    },
    { signal },
  )
  scrollbar.addEventListener(
    'pointermove',
    (event) => {
      if (scrollbar.hasPointerCapture(event.pointerId)) along(event)
    },
    { signal },
  )
}
