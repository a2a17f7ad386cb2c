/** Which editors are open, in whatever tab of this browser: what they hold was not left behind. The browser ends a lock
 *  with its tab, however that goes. Without locks (plain http from another computer) nothing outlives the tab either. */
type Editor = {
  /** Resolves when the other tabs can see it. */
  readonly seen: Promise<void>
  readonly closed: Promise<void>
  readonly close: () => void
}
const here = new Map<string, Editor>()

const lockOf = (id: string) => `telemed-unsent/${id}`
const locks = (): LockManager | undefined => globalThis.navigator?.locks

/** Says that this editor is open; resolves when every tab can see it. */
export function open(id: string): Promise<void> {
  const known = here.get(id)
  if (known) return known.seen
  let close = (): void => undefined
  const closed = new Promise<void>((resolve) => {
    close = resolve
  })
  const seen = new Promise<void>((resolve) => {
    const held = locks()?.request(lockOf(id), () => {
      resolve()
      return closed
    })
    // Refused, or none to ask: the text is kept all the same, and another tab may offer it.
    if (held) held.catch(() => resolve())
    else resolve()
  })
  here.set(id, { seen, closed, close })
  return seen
}

export function close(id: string): void {
  here.get(id)?.close()
  here.delete(id)
}

/** The ids of all editors that are open now. */
export async function allOpen(): Promise<ReadonlySet<string>> {
  const known = await locks()?.query()
  // Who waits for one to close holds its lock too, shared and for a moment.
  const held = (known?.held ?? []).filter(({ mode }) => mode === 'exclusive')
  const elsewhere = held.map(({ name }) => name?.slice(lockOf('').length) ?? '')
  return new Set([...here.keys(), ...elsewhere])
}

/** Resolves when this editor is closed, or its tab gone; never after `signal`. */
export async function whenClosed(id: string, signal: AbortSignal): Promise<void> {
  const known = here.get(id)?.closed
  const asked = known ?? locks()?.request(lockOf(id), { mode: 'shared', signal }, () => undefined)
  await asked
  signal.throwIfAborted()
}
