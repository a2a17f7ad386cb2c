/** Reads the volume of a series for a page, and says how far that is. */
import { useEffect, useState } from 'react'
import { Catalog } from '../../viewer/catalog'
import { Pool } from '../../viewer/decode/pool'
import { Loader } from '../../viewer/loader'
import { gridOf, type WhyNot } from '../../viewer/mpr/grid'
import { readVolume, SliceError, type Volume } from '../../viewer/mpr/volume'
import type { StudyRef } from '../../viewer/types'

export type Opening =
  | { at: 'reading'; arrived: number; of: number | null }
  | { at: 'refused'; why: WhyNot }
  /** `slice`: the one that could not be had; null: the list of slices. */
  | { at: 'failed'; slice: number | null }
  | { at: 'ready'; volume: Volume; received: number | undefined }

const BEGUN: Opening = { at: 'reading', arrived: 0, of: null }
const LONGEST_MS = 16_000

/** Waits longer each time, but not after the network has come back. */
function pause(attempt: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      window.removeEventListener('online', done)
      resolve()
    }
    const timer = setTimeout(done, Math.min(LONGEST_MS, 1000 * 2 ** (attempt - 1)))
    signal.addEventListener('abort', done)
    window.addEventListener('online', done)
  })
}

async function read(
  study: StudyRef,
  series: string,
  say: (opening: Opening) => void,
  signal: AbortSignal,
): Promise<void> {
  const catalog = new Catalog()
  catalog.register([study])
  const stack = await catalog.stack(study, series)
  const grid = gridOf(stack.frames)
  if ('refused' in grid) return say({ at: 'refused', why: grid.refused })
  const of = grid.frames.length
  say({ at: 'reading', arrived: 0, of })
  const pool = new Pool()
  try {
    const loader = new Loader(pool)
    const volume = await readVolume(
      grid,
      {
        pixels: (frame, ended) => loader.byAddress(study, frame, ended),
        width: pool.width,
        pause,
        onProgress: (arrived) => say({ at: 'reading', arrived, of }),
      },
      signal,
    )
    say({ at: 'ready', volume, received: study.received })
  } finally {
    pool.dispose()
  }
}

export function useVolume(
  study: StudyRef,
  series: string,
): { opening: Opening; again: () => void } {
  const [attempt, setAttempt] = useState(0)
  const [opening, setOpening] = useState<Opening>(BEGUN)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a study that grows is read again only when asked for
  useEffect(() => {
    const ended = new AbortController()
    const say = (now: Opening) => !ended.signal.aborted && setOpening(now)
    setOpening(BEGUN)
    read(study, series, say, ended.signal).catch((error: unknown) =>
      say({ at: 'failed', slice: error instanceof SliceError ? error.slice : null }),
    )
    return () => ended.abort()
  }, [study.hospital, study.uid, study.dicomweb, series, attempt])
  return { opening, again: () => setAttempt((n) => n + 1) }
}
