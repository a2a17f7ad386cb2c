/**
 * Pictures that are not painted here: the archive draws them, marked, or refuses them too. It has the same rules:
 * `imaging/codec/colours.py`, decision 35.
 */
import { type Dataset, item, text } from './json'

/** Undone by the wavelet codecs; in other streams they mean nothing (`decode/worker.ts`). */
export const OF_WAVELETS = ['YBR_RCT', 'YBR_ICT']
/** By the number of samples (C.7.6.3.1.2); other kinds are retired, or none. */
const KINDS: Record<number, readonly string[]> = {
  1: ['MONOCHROME1', 'MONOCHROME2', 'PALETTE COLOR'],
  3: ['RGB', 'YBR_FULL', 'YBR_FULL_422', ...OF_WAVELETS],
}

type Shape = { samples: number; photometric: string; bitsAllocated: number }

export const isLeft = (ds: Dataset, { samples, photometric, bitsAllocated }: Shape): boolean =>
  !KINDS[samples]?.includes(photometric) ||
  (photometric.startsWith('YBR_F') && bitsAllocated !== 8) ||
  // Floating point.
  !!(ds['7FE00008'] ?? ds['7FE00009']) ||
  // Colours over grey (Supplemental Palette, C.8.16.2.1.1.1), or those of a profile.
  (photometric.startsWith('M')
    ? ['COLOR', 'MIXED'].includes(text(ds, '00089205'))
    : [ds, item(ds, '00480105')].some(hasProfile))

/** Colours of a device (C.11.15), at the top or in a slide's first optical path. */
const hasProfile = (ds?: Dataset): boolean =>
  !!ds?.['00282000'] && text(ds, '00282002').toUpperCase() !== 'SRGB'
