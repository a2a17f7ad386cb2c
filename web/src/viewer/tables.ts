/** What a frame needs besides its pixels: palettes, modality and VOI tables, overlay planes. Long ones are fetched, each once. */
import { FrameError } from './decode/pool'
import { expanded } from './decode/segments'
import type { PaletteTables, Table } from './decode/wire'
import { bulkUrl } from './dicom/archive'
import type { Frame, Instance } from './dicom/frame'
import { type Dataset, type Element, numbers } from './dicom/json'
import { drawnBy } from './dicom/overlays'
import type { StudyRef } from './types'

export class Tables {
  /** By what holds the table in the metadata: frames share it, so none of them may cancel its reading. */
  private readonly kept = new WeakMap<object, Promise<unknown>>()

  palette(study: StudyRef, one: Instance): Promise<PaletteTables> {
    return this.once(one.ds, () => paletteTables(study, one))
  }

  async grey(
    study: StudyRef,
    { instance, modalityLut, voiLut }: Frame,
  ): Promise<{ modality: Table | null; voi: Table | null }> {
    const of = (item: Dataset | null) =>
      item ? this.once(item, () => tableOf(study, instance, item)) : null
    const [modality, voi] = await Promise.all([of(modalityLut), of(voiLut)])
    return { modality, voi }
  }

  async overlaid(study: StudyRef, { instance, overlays }: Frame): Promise<Uint32Array | null> {
    if (overlays.length === 0) return null
    const drawn = await Promise.all(
      overlays.map(async (plane) => {
        const bits = await this.once(plane.data, () => bytesOf(study, instance, plane.data))
        return drawnBy(plane, bits, instance)
      }),
    )
    return Uint32Array.from(drawn.flat())
  }

  private once<T>(holder: object, load: () => Promise<T>): Promise<T> {
    const known = this.kept.get(holder)
    if (known) return known as Promise<T>
    const loading = load()
    this.kept.set(holder, loading)
    void loading.catch(() => this.kept.delete(holder))
    return loading
  }
}

/** Where the metadata were read: addresses in them are relative to those of the series. */
type Placed = Pick<Instance, 'series'>

/** An item of a Modality or VOI LUT Sequence. */
export async function tableOf(study: StudyRef, one: Placed, item: Dataset): Promise<Table> {
  const [described, first, bits] = numbers(item, '00283002')
  const data = item['00283006']
  if (described === undefined || first === undefined || !bits || bits > 16 || !data) {
    throw new Error('A look-up table does not say how it is to be read.')
  }
  const count = described & 0xffff || 0x10000
  const all = data.Value
    ? Uint16Array.from(numbers(item, '00283006'))
    : words(await bytesOf(study, one, data), count)
  if (all.length < count) throw new Error('A look-up table is shorter than it says.')
  return { first, entries: all.subarray(0, count), top: 2 ** bits - 1 }
}

/** Eight-bit entries may be packed two to a word. */
const words = (bytes: Uint8Array, count: number): Uint16Array =>
  bytes.length >= count * 2
    ? new Uint16Array(bytes.slice(0, count * 2).buffer)
    : Uint16Array.from(bytes)

/** Throws where the palette is missing or too short, because grey in place of colours would be wrong. */
async function paletteTables(study: StudyRef, one: Instance): Promise<PaletteTables> {
  const { palette } = one
  if (!palette) throw new Error('The palette is missing.')
  const { first, entries, bits, segmented } = palette
  const [red, green, blue] = await Promise.all(
    palette.tables.map(async (table) => {
      const bytes = await bytesOf(study, one, table)
      const all = segmented ? expanded(bytes, bits > 8 ? 2 : 1) : words(bytes, entries)
      if (all.length < entries) throw new Error('The palette is shorter than it says.')
      return all.subarray(0, entries)
    }),
  )
  if (!red || !green || !blue) throw new Error('The palette is missing.')
  // Some writers say 16 bits and write 8: of 16 such a palette would be black.
  const deep = bits > 8 && [red, green, blue].some((table) => table.some((n) => n > 0xff))
  const short = (table: Uint16Array) => Uint8Array.from(table, (n) => n >> (deep ? 8 : 0))
  return { first, red: short(red), green: short(green), blue: short(blue) }
}

async function bytesOf(study: StudyRef, one: Placed, element: Element): Promise<Uint8Array> {
  if (element.InlineBinary !== undefined) {
    return Uint8Array.from(atob(element.InlineBinary), (c) => c.charCodeAt(0))
  }
  if (element.BulkDataURI === undefined) throw new Error('The palette is missing.')
  const lost = (error: Error): never => {
    throw new FrameError(error.message, 0)
  }
  const answer = await fetch(bulkUrl(study, one, element.BulkDataURI), {
    headers: { Accept: 'application/octet-stream' },
  }).catch(lost)
  if (!answer.ok) throw new FrameError(`The archive answered ${answer.status}.`, answer.status)
  return new Uint8Array(await answer.arrayBuffer().catch(lost))
}
