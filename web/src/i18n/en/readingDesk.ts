import type { Filled } from '../shape'
import type { reading_desk as zh } from '../zh-CN/readingDesk'

/** To whom readings are given. */
export const reading_desk = {
  title: 'Who reads what',
  note: 'A new reading goes to the doctor on duty of its subspecialty with the least work; without a roster all may claim it',
  readers: 'Subspecialties',
  readers_note: 'With none ticked a doctor reads all, after those of the subspecialty',
  reader: 'Doctor',
  weights: 'Work',
  weights_note: 'How much work one study is; what is not listed counts 1',
  modality: 'Modality',
  part: 'Part',
  any_part: 'Any part',
  weight: 'Work',
  add: 'Add a row',
  drop: 'Remove this row',
  save: 'Save',
  saved: 'Saved; it holds from the next reading on.',
  saved_by: 'Saved by {{who}}, {{at}}',
  own: "Not changed yet: the product's own weights hold",
  read_only: 'Associate chief and chief physicians change this',
  wrong:
    'A modality is 2 to 4 capital letters, work a whole number from 1 to 20, and each modality and part stands once',
} satisfies Filled<typeof zh>
