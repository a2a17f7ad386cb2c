import type { Filled } from '../shape'
import type { ecg as zh } from '../zh-CN/ecg'

/** Electrocardiograms. */
export const ecg = {
  title: 'Electrocardiogram',
  close: 'Back to the images',
  form: 'Layout',
  forms: { '3x4': '3×4 + rhythm', '12x1': '12×1' },
  speed: 'Paper speed',
  mm_s: '{{n}} mm/s',
  gain: 'Gain',
  mm_mv: '{{n}} mm/mV',
  recorded: 'Recording',
  derived: 'Median beat (computed by the device)',
  which: 'Recording {{n}}',
  calibration: '1 mV',
  missing: 'Missing leads: {{leads}}',
  absent: 'none',
  filters: 'Filter {{low}}–{{high}} Hz',
  notch: 'Notch {{notch}} Hz',
  said: 'Analysis by the device, not reviewed by a doctor',
  reading: 'Reading the electrocardiogram…',
  failed: 'The electrocardiogram could not be read. Please try again',
  again: 'Read again',
  cannot: 'It cannot be shown: {{why}}',
  why: {
    none: 'the file holds no waveform',
    encoding: 'its waveform is encoded in a way that is not supported',
    units: 'a channel is not measured in volts',
    uncalibrated: 'a channel is not calibrated, so its height is unknown',
    short: 'its waveform is shorter than the file says',
    rate: 'its sampling frequency is unknown',
  },
  own: 'The electrocardiogram is shown on this page alone and not in step with others',
  caliper: 'Calipers: {{ms}} ms ({{bpm}} /min), {{mv}} mV',
  caliper_hint:
    'Drag on the paper to measure time and voltage; arrow keys move one end (Shift: five millimetres)',
  put: 'Place calipers',
  end: { a: 'One end of the calipers', b: 'The other end of the calipers' },
  place: '{{s}} s, {{mm}} mm high',
  paper: 'ECG paper: {{leads}}, {{seconds}} s',
} satisfies Filled<typeof zh>
