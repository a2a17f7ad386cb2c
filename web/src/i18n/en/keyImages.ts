/** Key images of an opinion or a report. */
export const key_images = {
  title: 'Key images',
  none: 'Press K over the images, or “Key image” above them, to keep the picture on screen here.',
  image: 'Image {{n}}',
  place: 'Series {{series}} · {{place}}',
  note: 'Note on image {{n}}',
  part: 'Body part of image {{n}}',
  side_of: 'Side of image {{n}}',
  earlier: 'Move image {{n}} up',
  later: 'Move image {{n}} down',
  remove: 'Remove image {{n}}',
  side: { left: 'Left', right: 'Right', both: 'Both sides', none: 'No side' },
  side_hint: 'Side',
  note_hint: 'Note',
  part_hint: 'Body part',
}
