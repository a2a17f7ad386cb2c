/** Makes pixels of a frame: fetched by its own address or given as a stream of a pack, with the tables it needs. */
import type { Pool } from './decode/pool'
import type { Layout, Pixels } from './decode/wire'
import { frameUrl } from './dicom/archive'
import type { Frame, Instance } from './dicom/frame'
import type { Bytes } from './pack/pieces'
import { Tables } from './tables'
import type { StudyRef } from './types'

export const layoutOf = (one: Instance): Layout => ({
  rows: one.rows,
  columns: one.columns,
  samples: one.samples,
  photometric: one.photometric,
  planar: one.planar,
  bitsAllocated: one.bitsAllocated,
  bitsStored: one.bitsStored,
  highBit: one.highBit,
  signed: one.signed,
  padding: one.padding,
  embedded: one.embedded,
})

const both = (one: Uint32Array | null = null, other: Uint32Array | null): Uint32Array | null =>
  one && other ? Uint32Array.from([...one, ...other]) : (one ?? other)

/** What is here is decoded, whatever is wanted meanwhile. */
const NEVER = new AbortController().signal

export class Loader {
  private readonly tables = new Tables()

  constructor(private readonly pool: Pool) {}

  async byAddress(study: StudyRef, frame: Frame, signal: AbortSignal): Promise<Pixels> {
    const { instance } = frame
    if (instance.left) throw new Error('left')
    const coloured = instance.photometric === 'PALETTE COLOR'
    const palette = coloured ? await this.tables.palette(study, instance) : null
    const url = frameUrl(study, instance, frame.number)
    const job = { url, layout: layoutOf(instance), palette }
    return this.withTables(study, frame, this.pool.decode(job, signal))
  }

  /** From the whole codestream of a pack. */
  async full(study: StudyRef, frame: Frame, stream: Bytes): Promise<Pixels> {
    const { instance } = frame
    if (instance.left) throw new Error('left')
    const job = { stream, small: false, layout: layoutOf(instance), palette: null }
    return this.withTables(study, frame, this.pool.decode(job, NEVER))
  }

  /** From the beginning of it; null where only the whole picture is shown. */
  async small(frame: Frame, stream: Bytes): Promise<Pixels | null> {
    if (frame.modalityLut || frame.voiLut || frame.instance.left) return null
    const job = { stream, small: true, layout: layoutOf(frame.instance), palette: null }
    return this.pool.decode(job, NEVER)
  }

  private async withTables(
    study: StudyRef,
    frame: Frame,
    decoding: Promise<Pixels>,
  ): Promise<Pixels> {
    if (!(frame.modalityLut || frame.voiLut || frame.overlays.length)) return decoding
    const [pixels, tables, overlaid] = await Promise.all([
      decoding,
      this.tables.grey(study, frame),
      this.tables.overlaid(study, frame),
    ])
    return { ...pixels, ...tables, overlaid: both(pixels.overlaid, overlaid) }
  }
}
