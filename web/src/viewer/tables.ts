/** The look-up tables of frames: palettes, modality and VOI tables. Long ones are fetched, each once. */
import { FrameError } from './decode/pool'
import type { PaletteTables, Table } from './decode/wire'
import { bulkUrl } from './dicom/archive'
import type { Frame, Instance } from './dicom/frame'
import { type Dataset, type Element, numbers } from './dicom/json'
import type { StudyRef } from './types'

export class Tables {
  /** By the data set that holds the table: frames share it, so none of them may cancel its reading. */
  private readonly kept = new WeakMap<Dataset, Promise<unknown>>()

  palette(study: StudyRef, one: Instance): Promise<PaletteTables | null> {
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

  private once<T>(holder: Dataset, load: () => Promise<T>): Promise<T> {
    const known = this.kept.get(holder)
    if (known) return known as Promise<T>
    const loading = load()
    this.kept.set(holder, loading)
    void loading.catch(() => this.kept.delete(holder))
    return loading
  }
}

/** An item of a Modality or VOI LUT Sequence. */
async function tableOf(study: StudyRef, one: Instance, item: Dataset): Promise<Table> {
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

async function paletteTables(study: StudyRef, one: Instance): Promise<PaletteTables | null> {
  const { palette } = one
  if (!palette) return null
  const tables = await Promise.all(palette.tables.map((table) => bytesOf(study, one, table)))
  const [red, green, blue] = tables.map((bytes) => shortened(bytes, palette.entries, palette.bits))
  return red && green && blue ? { first: palette.first, red, green, blue } : null
}

async function bytesOf(study: StudyRef, one: Instance, element: Element): Promise<Uint8Array> {
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

/** Palette entries to 8 bits; some files pack 8-bit entries although the descriptor says 16. */
function shortened(bytes: Uint8Array, entries: number, bits: number): Uint8Array {
  if (bytes.length < entries * 2) return bytes.slice(0, entries)
  const out = new Uint8Array(entries)
  const shift = bits > 8 ? 1 : 0
  for (let i = 0; i < entries; i++) out[i] = bytes[i * 2 + shift] ?? 0
  return out
}
