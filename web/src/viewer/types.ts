/** Types shared by the viewer and its host page: studies, places in an image, shared state. */
import type { MarkKind } from './tools/names'

export type Vec2 = readonly [number, number]
export type Vec3 = readonly [number, number, number]

/** A study in an archive; the hospital is part of its key. */
export type StudyRef = {
  hospital: string
  uid: string
  /** The DICOMweb root for this sign-in, `dicomweb_url` of the session. */
  dicomweb: string
  /** What the archive has beside DICOMweb, `imaging_url` of the session; absent: all frames come one by one. */
  imaging?: string
  /** Who reads it: saved marks of theirs are their own. Absent: saved marks are not read. */
  reader?: string
  /** The hospital's name as people say it. */
  hospitalName?: string
  /** An earlier study, shown beside the one the question is about. */
  prior?: boolean
  /** How many images the archive has; if it changes, the series are read again. */
  received?: number
  /** Fewer images are here than the sending side declared. */
  incomplete?: { received: number; expected: number } | null
}

export type SeriesRef = {
  hospital: string
  study: string
  uid: string
  number: number | null
  modality: string
  description: string
  instances: number
  /** False for reports, presentation states and the like, which have no pixels. */
  hasPixels: boolean
  studyDate: string
  studyDescription: string
  thumbnail: string
}

/** The patient of the host page; an image of somebody else gets a red bar. */
export type ExpectedPatient = {
  name: string
  /** Toneless, for images whose header has no Chinese characters. */
  pinyin?: string
  sex?: 'M' | 'F' | 'O' | null
  /** ISO date. */
  birthDate?: string | null
  identifiers: readonly string[]
}

/** A window; with `lut` the file's own VOI LUT, whose range of values it is. */
export type Voi = { center: number; width: number; lut?: true }

/** A point of one frame in its own pixels (0, 0 is the middle of the first), and in the patient. */
export type Place = {
  hospital: string
  study: string
  series: string
  instance: string
  frame: number
  column: number
  row: number
  /** Millimetres of the frame of reference; null where the image has no geometry. */
  patient: Vec3 | null
  frameOfReference: string | null
}

/** The camera: the middle of the view, and how much of the image around it is visible. */
export type CameraState = {
  column: number
  row: number
  patient: Vec3 | null
  /** The visible width and height. */
  span: Vec2
  unit: 'mm' | 'px'
  turns: 0 | 1 | 2 | 3
  flipped: boolean
}

/** The shared state of a view; always sent as a whole. */
export type ViewState = {
  hospital: string
  study: string
  series: string
  instance: string
  frame: number
  voi: Voi
  camera: CameraState
  /** The SOP Instance UID of the presentation state; older pages do not say. */
  presentation?: string | null
  /** Without the drawings over the picture. */
  bare?: boolean
  inverted?: boolean
  t: number
  seq: number
}

/** Another person's pointer; the host gives the name in the reader's language (`Screen.name`). */
export type RemotePointer = { id: string; place: Place | null }

export type KeyImage = {
  hospital: string
  studyUid: string
  seriesUid: string
  sopUid: string
  sopClassUid: string
  frame: number
  voi: Voi
  laterality: string | null
  /** For people: "Se 3 · 142/286". */
  seriesNumber: number | null
  position: number
  count: number
  /** As in the study: `2026-11-25 08:20:46`, a time of the sending hospital. */
  takenAt: string
  /** Body Part Examined, a word of the standard; empty if the study does not say. */
  bodyPart: string
  jpeg: Blob
}

/** A measurement as it is written into a report. */
export type Cited = {
  text: string
  seriesNumber: number | null
  position: number
  /** Of a prior its study's date; null: it is of the study itself. */
  prior: string | null
}

export type ToolName = 'window' | 'zoom' | 'pan' | 'scroll' | 'magnify' | MarkKind

export type PaintState = 'empty' | 'loading' | 'painted' | 'failed'
