/** One file of an upload, as the page shows it. */
import type { ServerFile, ServerState } from './wire'

export type Item = {
  key: string
  path: string
  bytes: number
  sent: number
  state: 'waiting' | 'sending' | 'lost' | ServerState
  code: string
  sentence: string
}

const SETTLED: readonly string[] = ['stored', 'duplicate', 'conflict', 'refused', 'unpacked']
/** Where the archive has the file. */
export const KNOWN: readonly string[] = [...SETTLED, 'received']

export const NEW = { sent: 0, state: 'waiting', code: '', sentence: '' } as const

/** The path inside the folder and the size name a file, before and after a reload. */
export const keyOf = (path: string, bytes: number): string => `${path}|${bytes}`

export const fromServer = (key: string, file: ServerFile): Item => ({
  key,
  path: file.name,
  bytes: file.length,
  sent: file.length,
  state: file.state,
  code: file.code,
  sentence: file.sentence,
})
