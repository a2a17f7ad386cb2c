/** Other people's pointers over the image. */
import type { Frame } from '../dicom/frame'
import type { RemotePointer, Vec2 } from '../types'
import { fromPatient, type Matrix, type Size, toCanvas } from '../view/camera'
import { shape } from './shapes'

/** The position of a remote pointer on the painted frame; null if it points at another. */
export function pointerOn(frame: Frame, pointer: RemotePointer): Vec2 | null {
  const { place } = pointer
  const { hospital, study } = frame.instance
  if (!place || place.hospital !== hospital || place.study !== study) return null
  if (place.instance === frame.instance.uid && place.frame === frame.number) {
    return [place.column, place.row]
  }
  if (!place.patient || place.frameOfReference !== frame.instance.frameOfReference) return null
  const near = place.frameOfReference ? fromPatient(frame, place.patient) : null
  return near && near.off <= Math.max(0.5, (frame.thickness ?? 1) / 2) ? near.pixel : null
}

export class Pointers {
  private readonly all = new Map<string, RemotePointer>()
  nameOf: (id: string) => string = () => ''

  point(pointer: RemotePointer): void {
    if (pointer.place) this.all.set(pointer.id, pointer)
    else this.all.delete(pointer.id)
  }

  shapes(frame: Frame, matrix: Matrix, size: Size): SVGElement[] {
    return [...this.all.values()].flatMap((pointer) => {
      const pixel = pointerOn(frame, pointer)
      return pixel ? [pointerShape(this.nameOf(pointer.id), toCanvas(matrix, pixel), size)] : []
    })
  }
}

function pointerShape(name: string, [x, y]: Vec2, size: Size): SVGElement {
  const group = shape('g', { class: 'vw-pointer', 'data-x': x.toFixed(2), 'data-y': y.toFixed(2) })
  const outside = x < 0 || y < 0 || x > size.width || y > size.height
  if (outside) group.setAttribute('visibility', 'hidden')
  group.append(
    shape('circle', { cx: x, cy: y, r: 8 }),
    shape('circle', { cx: x, cy: y, r: 1.5, class: 'vw-dot' }),
    shape('text', { x, y: y > 30 ? y - 14 : y + 26, 'text-anchor': 'middle' }, name),
  )
  return group
}
