/** Key images of an opinion or a report. */
import type { Schemas } from '../../api/client'

export type Image = Schemas['KeyImage']

export const pictureUrl = (fileId: string) => `/api/files/${fileId}/content`

/** With the image at this place one place earlier. */
export const moved = (images: readonly Image[], from: number): Image[] => {
  const [before, image] = [images[from - 1], images[from]]
  if (!before || !image) return [...images]
  return [...images.slice(0, from - 1), image, before, ...images.slice(from + 1)]
}
