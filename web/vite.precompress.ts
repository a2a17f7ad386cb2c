/** Writes a .br and a .gz beside each built text file, so that no server compresses at run time. */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const TEXT = /\.(js|css|html|svg|json|wasm|webmanifest)$/
/** Below this a compressed copy saves nothing worth a second file. */
const WORTH = 1024

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

async function compress(file: string): Promise<void> {
  const raw = await readFile(file)
  if (raw.length < WORTH) return
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 }
  const [br, gz] = await Promise.all([brotli(raw, { params }), zip(raw, { level: 9 })])
  await Promise.all([writeFile(`${file}.br`, br), writeFile(`${file}.gz`, gz)])
}

export function precompress(): Plugin {
  let directory = ''
  return {
    name: 'precompress',
    apply: 'build',
    configResolved(config) {
      directory = config.build.outDir
    },
    async closeBundle() {
      const entries = await readdir(directory, { recursive: true })
      const files = entries.filter((name) => TEXT.test(name)).map((name) => join(directory, name))
      for (const file of files) await compress(file)
    },
  }
}
