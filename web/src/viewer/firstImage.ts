/** When a page has its first image on the screen: a mark of User Timing, for whoever must not be in its way. */

const MARK = 'first-image'
let marked = false

export function markFirstImage(): void {
  if (marked) return
  marked = true
  performance.mark(MARK)
}

/** Until the first image is there, but no longer than `patience` milliseconds. */
export function firstImage(patience: number): Promise<void> {
  return new Promise((done) => {
    const end = () => {
      marks.disconnect()
      clearTimeout(timer)
      done()
    }
    const marks = new PerformanceObserver((seen) => {
      if (seen.getEntriesByName(MARK).length > 0) end()
    })
    const timer = setTimeout(end, patience)
    marks.observe({ type: 'mark', buffered: true })
  })
}
