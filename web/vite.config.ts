import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { precompress } from './vite.precompress.ts'

const server = 'http://127.0.0.1:8760'
// The server takes changes only from pages of its own origin.
const headers = { origin: server }

export default defineConfig({
  plugins: [react(), precompress()],
  worker: { format: 'es' },
  build: {
    target: ['chrome109', 'firefox115', 'safari16'],
    // A small font slice inlined as data: would be refused by `font-src 'self'`.
    assetsInlineLimit: 0,
    // The viewer is one large chunk, loaded only where images are shown.
    chunkSizeWarningLimit: 4096,
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
    setupFiles: ['src/testing/setup.ts'],
    css: { modules: { classNameStrategy: 'non-scoped' } },
    restoreMocks: true,
    // Two cores, several suites at once: a page of many parts takes its time in happy-dom.
    testTimeout: 60_000,
  },
})
