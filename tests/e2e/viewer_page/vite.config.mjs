export default {
  base: './',
  worker: { format: 'es' },
  build: { target: ['chrome109', 'firefox115', 'safari16'], assetsInlineLimit: 0 },
}
