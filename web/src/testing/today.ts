/** Lets all tests run so many days and some hours from now, so that none holds until a certain day only:
 *  `TELEMED_TEST_DAYS=40 npx vitest run`, a part of `make nightly`. */
const HOURS = 7
const days = Number(import.meta.env.TELEMED_TEST_DAYS)

// Files that share a worker come here once each.
if (days && Date.name !== 'Later') {
  const Real = Date
  const ahead = (days * 24 + HOURS) * 3_600_000
  class Later extends Real {
    constructor(...parts: [] | [number]) {
      if (parts.length === 0) super(Later.now())
      else super(...parts)
    }
    static override now = () => Real.now() + ahead
  }
  globalThis.Date = Later as DateConstructor
}
