/** A key image is made of what the viewer has painted; loaded when somebody takes the first. */
import { uploadFile } from '../../api/files'
import { newId } from '../../id'
import type { KeyImage } from '../../viewer/types'
import { bodyPartOf } from './bodyPart'
import type { Image } from './image'

const SIDES: Record<string, Image['side']> = { L: 'left', R: 'right', B: 'both' }

/** Sends the picture; it is nobody else's until what holds it is saved. `study`: what the study is called. */
export async function imageOf(painted: KeyImage, study: string): Promise<Image> {
  const file = await uploadFile('key_image', painted.jpeg, 'key-image.jpg')
  return {
    key: newId(),
    file_id: file.id,
    hospital_id: painted.hospital,
    study_uid: painted.studyUid,
    series_uid: painted.seriesUid,
    instance_uid: painted.sopUid,
    sop_class_uid: painted.sopClassUid || null,
    frame: painted.frame,
    window_center: painted.voi.center,
    window_width: painted.voi.width,
    side: SIDES[painted.laterality ?? ''] ?? null,
    study,
    taken_at: painted.takenAt,
    body_part: bodyPartOf(painted.bodyPart),
    series_number: painted.seriesNumber,
    image_number: painted.position,
    image_count: painted.count,
    note: '',
  }
}
