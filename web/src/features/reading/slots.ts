/** Slots of a report template, by the rules of telemed/reading/slots.py: 【未见|可见】 is a choice whose first option is
 *  the normal one, 【__ mm】 a blank. Other text in 【】 is text. */
export type Slot = {
  start: number
  end: number
  /** Null: a blank. */
  options: string[] | null
}

export function slotsOf(text: string): Slot[] {
  return [...text.matchAll(/【([^【】\n]*)】/g)].flatMap(({ index, 0: whole, 1: inside = '' }) => {
    const options = /[|｜]/.test(inside) ? inside.split(/[|｜]/).map((each) => each.trim()) : null
    if (!options && !inside.includes('__')) return []
    return [{ start: index, end: index + whole.length, options }]
  })
}

/** The first slot at or behind this place, else the first of all. */
export function slotFrom(text: string, at: number): Slot | null {
  const slots = slotsOf(text)
  return slots.find(({ start }) => start >= at) ?? slots[0] ?? null
}

export const filled = (text: string, { start, end }: Slot, by: string): string =>
  text.slice(0, start) + by + text.slice(end)

/** What stands before the slot in its line, as far as it says what the slot is about. */
export function before(text: string, { start }: Slot): string {
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start)
  const heading = /^[^：:【】]{1,12}[：:]/.exec(line)?.[0] ?? ''
  const near =
    line
      .slice(heading.length)
      .split(/[，,。；;【】]/)
      .at(-1) ?? ''
  return heading + near.slice(-10)
}

/** The text with the first option of each choice that is still open, as it will be submitted. */
export const normal = (text: string): string =>
  slotsOf(text).reduceRight(
    (whole, slot) => (slot.options ? filled(whole, slot, slot.options[0] ?? '') : whole),
    text,
  )
