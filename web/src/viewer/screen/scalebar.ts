/** A round length that fits the corner of the image. */
export type ScaleBar = { pixels: number; label: string }

const STEPS_MM = [1, 2, 5, 10, 20, 50, 100, 200] as const

/** `scale` is canvas pixels for a millimetre. */
export function scaleBar(scale: number, room: number): ScaleBar | null {
  const fitting = [...STEPS_MM].reverse().find((mm) => mm * scale <= room)
  if (!fitting || fitting * scale < 20) return null
  return {
    pixels: fitting * scale,
    label: fitting >= 10 ? `${fitting / 10} cm` : `${fitting} mm`,
  }
}
