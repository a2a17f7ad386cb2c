/** How the tests share a process. Reading antd and the page again for each file took most of their time. */

/** What these look at happens once for each page, when it is loaded; so each has a page of its own. */
const ALONE: readonly string[] = [
  'src/features/home/searchLoading.test.tsx', // what is typed until the window is loaded
  'src/features/room/refusals.test.tsx', // whether a screen can be shared is looked up as the page loads
  'src/features/studies/identity.test.tsx', // the viewer is lazy, and stands for itself once it is loaded
  'src/features/rosters/standby/here.test.tsx', // the bell of a page in which nobody has clicked
  'src/kit/bell.test.ts', // unlocked for as long as the page lives
  'src/viewer/decode/worker.test.ts', // decoders that do not load
  'src/viewer/firstImage.test.ts', // marked once in the life of a page
]
/** The words of the export, which `make check` compares and `make client` writes. */
const EXPORTED = 'src/features/disclosures/exported.test.ts'

export const projects = [
  { name: 'exported', include: [EXPORTED] },
  { name: 'alone', include: [...ALONE] },
  {
    name: 'shared',
    isolate: false,
    include: ['src/**/*.test.{ts,tsx}'],
    exclude: [...ALONE, EXPORTED],
  },
]
