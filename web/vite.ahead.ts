/** Names in index.html what its first script will ask for, so that a browser fetches it beside that script and not
 *  after it: on a slow link each step costs half a second. */
import type { Plugin } from 'vite'

export function ahead(module: string): Plugin {
  return {
    name: 'ahead',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle }) {
        const chunks = Object.values(bundle ?? {}).flatMap((one) =>
          one.type === 'chunk' ? [one] : [],
        )
        const needed = chunks.find((one) => one.facadeModuleId?.endsWith(module))
        if (!needed) throw new Error(`${module} is no chunk of its own`)
        const files = new Set([needed.fileName])
        for (const file of files)
          for (const more of chunks.find((one) => one.fileName === file)?.imports ?? [])
            files.add(more)
        return [...files].map((file) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `/${file}` },
          injectTo: 'head' as const,
        }))
      },
    },
  }
}
