/** The draft of a request; handles changing the patient: what comes with them, and what is left of the earlier one.
 *  Without React. */
import { Draft, type Unsent } from '../../kit/draft/draft'
import { type Change, fieldsIn, type Naming, type Patient, type Request, requestKind } from './form'

/** The names of fields that may hold text about an earlier patient; kept over a reload until somebody has checked
 *  them. */
export type LeftMemory = { get: () => readonly string[]; set: (fields: readonly string[]) => void }
const forgetful: LeftMemory = { get: () => [], set: () => undefined }

export function leftOf(requestId: string): LeftMemory {
  const key = `left/${requestId}`
  return {
    get: () => window.localStorage.getItem(key)?.split(',') ?? [],
    set: (fields) =>
      fields.length > 0
        ? window.localStorage.setItem(key, fields.join(','))
        : window.localStorage.removeItem(key),
  }
}

type Save = Parameters<typeof requestKind>[0]
type Options = {
  readonly now?: () => number
  readonly unsent?: () => Unsent
  readonly memory?: LeftMemory
  readonly reread?: () => void
}

export class RequestDraft {
  readonly draft: Draft<Request>
  /** Patients named on this page, whom the server may not have saved yet. */
  readonly #patients = new Map<unknown, Patient>()
  readonly #memory: LeftMemory
  #left: readonly string[]
  /** `left` before the patient who is being saved, in case they are refused. */
  #leftBefore: readonly string[] | null = null
  readonly #listeners = new Set<() => void>()

  constructor(
    first: Request,
    save: Save,
    { memory = forgetful, reread, ...options }: Options = {},
  ) {
    this.#memory = memory
    this.#left = memory.get()
    const kind = requestKind(save, (id) => this.#patients.get(id) ?? null, reread)
    this.draft = new Draft(kind, first, options)
    this.draft.subscribe(() => this.#follow())
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  /** The fields that may hold text about an earlier patient and were not checked yet. */
  left = (): readonly string[] => this.#left

  /** Changes fields; with `soon` (something was chosen) it is saved sooner. */
  set(change: Change, soon = false): void {
    this.draft.put(givenIn(change), soon)
  }

  /** Names the patient, with the known data; saved together, and undone together if refused. */
  name({ patient, change, left }: Naming): void {
    this.#patients.set(patient.id, patient)
    this.draft.heard()
    this.#leftBefore ??= this.#left
    this.#leave([...new Set([...this.#left, ...left])])
    const given = Object.entries(givenIn(change)).map(([field, each]) => {
      const came = { with: 'patient_id', as: each.mine }
      return [field, field === 'patient_id' ? each : { ...each, came }]
    })
    this.draft.put(Object.fromEntries(given), true)
  }

  /** Somebody has checked the text that was left. */
  checked(): void {
    if (this.#leftBefore) this.#leftBefore = []
    this.#leave([])
  }

  #follow(): void {
    if (!this.#leftBefore || this.draft.has('patient_id')) return
    if (this.draft.view().refused) this.#leave(this.#leftBefore)
    this.#leftBefore = null
  }

  #leave(left: readonly string[]): void {
    this.#memory.set(left)
    this.#left = left
    for (const listener of this.#listeners) listener()
  }
}

function givenIn(change: Change): Parameters<Draft<Request>['put']>[0] {
  const filled: Readonly<Record<string, unknown>> = change.content?.filled ?? {}
  const given = Object.entries(fieldsIn(change)).map(([field, mine]) => {
    const source = filled[field]
    return [field, source ? { mine, source } : { mine }]
  })
  return Object.fromEntries(given)
}
