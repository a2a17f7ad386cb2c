/** Beds as they are typed: names between commas or spaces, and runs of numbers. */
const RUN = /^(\d{1,4})\s*[-~–]\s*(\d{1,4})$/
const MOST = 400

/** 「01-03, 加1」 is 01, 02, 03, 加1; numbers keep as many digits as the first one has. */
export function bedsOf(typed: string): string[] {
  const found = typed
    .split(/[,，、;；\s]+/)
    .filter(Boolean)
    .flatMap((word) => {
      const run = RUN.exec(word)
      if (!run?.[1] || !run[2]) return [word]
      const [from, to] = [Number(run[1]), Number(run[2])]
      if (to < from || to - from >= MOST) return [word]
      const digits = run[1].length
      return Array.from({ length: to - from + 1 }, (_, n) => String(from + n).padStart(digits, '0'))
    })
  return [...new Set(found)]
}
