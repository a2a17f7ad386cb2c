import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { ahead } from './vite.ahead.ts'
import { projects } from './vite.projects.ts'

const server = 'http://127.0.0.1:8760'
// The server takes changes only from pages of its own origin.
const headers = { origin: server }

const TINY = /src\/(api\/early|i18n\/words|viewer\/firstImage)\.ts|vite\/preload-helper/
const BASE =
  /node_modules\/(react|react-dom|scheduler|i18next|react-i18next|html-parse-stringify|void-elements|use-sync-external-store|@tanstack\/[\w-]+|openapi-fetch)\/|src\/(api\/(client|clock|live|problem|queries|session|signedOut|staff)|consultation\/queries|i18n\/(index|format)|zone|theme|paths|id|kit\/(problemText|Opening|people)|features\/signin\/(SignInForm|Icon))\.tsx?|icons-svg\/es\/asn\/(Lock|User|Eye|EyeInvisible|Check|Warning)Outlined/
// Without what only forms of administrators need, or what asks for a time, a choice or a reason: many do, no page at once.
const UI =
  /node_modules\/(?!(antd\/es|@rc-component)\/(checkbox|date-picker|drawer|input-number|mini-decimal|picker|radio|segmented)\/)(antd|@ant-design|@rc-component|react-router)\/|src\/((?!kit\/(Drawer|ReasonDialog|SitePicker))kit|api|consultation)\//

export default defineConfig({
  plugins: [react(), ahead('src/start.tsx')],
  // Cornerstone3D means npm's packages, which browsers have not built in.
  resolve: { alias: { events: 'events/', url: 'url/' } },
  worker: { format: 'es' },
  build: {
    target: ['chrome109', 'firefox115', 'safari16'],
    // A small font slice inlined as data: would be refused by `font-src 'self'`.
    assetsInlineLimit: 0,
    // The viewer is one large chunk, loaded only where images are shown.
    chunkSizeWarningLimit: 4096,
    rolldownOptions: {
      output: {
        // Each page lists the files of the pages it leads to; without their names a case page loads 2 KB less, and each
        // letter is 200 bytes. The builder says if so many letters are too few.
        chunkFileNames: 'assets/[hash:7].js',
        codeSplitting: {
          groups: [
            // What the first script needs, and nothing that it would wait for.
            { name: 'tiny', test: TINY, priority: 6 },
            // What the sign-in page needs. A file for each module would cost a round trip for every six.
            { name: 'base', test: BASE, priority: 5 },
            // What reads images before their page is there.
            { name: 'source', test: /src\/features\/studies\/ahead\.ts/, priority: 4 },
            { name: 'app', test: /src\/app\.tsx/, priority: 3 },
            // What many pages show.
            {
              name: 'parts',
              test: /@ant-design\/icons|\/segmented\//,
              minShareCount: 9,
              priority: 2,
            },
            // What most pages need.
            { name: 'ui', test: UI, minShareCount: 9, priority: 1 },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': { target: server, ws: true, headers },
      '/dicomweb': { target: server, headers },
      '/imaging': { target: server, headers },
    },
  },
  test: {
    environment: 'happy-dom',
    setupFiles: ['src/testing/today.ts', 'src/testing/setup.ts'],
    env: { TELEMED_TEST_DAYS: process.env.TELEMED_TEST_DAYS ?? '' },
    css: { modules: { classNameStrategy: 'non-scoped' } },
    restoreMocks: true,
    // Two cores, several suites at once: a page of many parts takes its time in happy-dom.
    testTimeout: 60_000,
    // Files that share a process go by size, as on a fresh clone, and not by how long they took the last time here.
    cache: false,
    projects: projects.map((test) => ({ extends: true as const, test })),
  },
})
