import { fileURLToPath } from 'node:url'

const page = fileURLToPath(new URL('.', import.meta.url))
const modules = fileURLToPath(new URL('../../../../web/node_modules', import.meta.url))

export default {
  base: './',
  // These pages lie outside web/, whose packages they use.
  resolve: {
    alias: [
      // Cornerstone3D means npm's packages, which browsers have not built in.
      { find: /^(events|url)$/, replacement: `${modules}/$1/` },
      { find: /^(react|react-dom|@tanstack\/react-query)(\/.*)?$/, replacement: `${modules}/$1$2` },
    ],
  },
  worker: { format: 'es' },
  build: {
    target: ['chrome109', 'firefox115', 'safari16'],
    assetsInlineLimit: 0,
    rolldownOptions: { input: [`${page}index.html`, `${page}panel.html`, `${page}mpr.html`] },
  },
}
