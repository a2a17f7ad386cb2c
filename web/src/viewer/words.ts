/** The words the viewer puts on the screen; the host gives them in the reader's language. */
import type { Refusal } from './presentation/state'
import type { MarkKind } from './tools/names'
import type { SuvLack } from './tools/suv'

export type Words = {
  language: 'zh-CN' | 'en'
  sex: Record<'M' | 'F' | 'O', string>
  years: (n: number) => string
  months: (n: number) => string
  days: (n: number) => string
  daysAgo: (n: number) => string
  prior: string
  side: Record<'R' | 'L' | 'B', string>
  direction: Record<'axial' | 'coronal' | 'sagittal', string>
  thickness: (mm: string) => string
  slice: (n: number, count: number) => string
  frame: (n: number, count: number) => string
  incomplete: (here: number, expected: number) => string
  position: (mm: string) => string
  zoom: (factor: string) => string
  unknownOrientation: string
  /** Over a picture that is not here in full. */
  preview: string
  /** Of a name that was read in another character set than the file says, or in none. */
  textReading: Record<'repaired' | 'as_stored', string>
  flipped: string
  /** Top and bottom exchanged. */
  flippedOver: string
  inverted: string
  /** Played as a film; `own`: at the file's own rate. */
  cine: (rate: string, own: boolean) => string
  turned: (degrees: number) => string
  lossy: string
  opening: string
  loading: string
  failed: string
  gone: string
  unshown: string
  /** Of a picture that the archive drew, because the viewer cannot. */
  byArchive: string
  overlaysHidden: string
  marksHidden: string
  noPresentation: string
  presented: (name: string, altered: boolean) => string
  /** Of an image that the chosen presentation state does not speak of. */
  notPresented: (name: string) => string
  refusedPresentation: (name: string, why: Refusal) => string
  retry: string
  empty: string
  noPixels: string
  notSamePatient: string
  differs: Record<'name' | 'sex' | 'birthDate' | 'number', string>
  basis: Record<'patient' | 'calibrated' | 'detector' | 'unknown' | 'ultrasound' | 'none', string>
  measure: {
    /** The unit of values that are just as they are stored. */
    stored: string
    mean: (mean: string, sd: string) => string
    range: (min: string, max: string) => string
    area: (area: string) => string
    pixels: (n: number) => string
    crossed: string
    padding: string
    noValues: string
    noSuv: Record<Exclude<SuvLack, 'units'>, string>
    /** Why a preview is not measured. */
    wait: string
    /** What is to be done next. */
    next: Record<'point' | 'line' | 'close', string>
    note: string
  }
  kind: Record<MarkKind, string>
  /** For who does not see the picture. */
  spoken: {
    /** It is here in full, and no preview. */
    full: string
    marks: (n: number) => string
    mark: (kind: string, figures: string, by: string) => string
    /** Of the reader's own marks. */
    own: string
  }
  stage: string
  scrollbar: string
  colon: string
  comma: string
}
