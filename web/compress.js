/** Writes a .br and a .gz beside each file that is named on standard input, one on a line. */
import { readFile, rename, writeFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)
const params = { [constants.BROTLI_PARAM_QUALITY]: 11 }

/** Whole or not at all: a server takes it as soon as it is there. */
async function write(path, packed) {
  await writeFile(`${path}.new`, packed)
  await rename(`${path}.new`, path)
}

async function compress(file) {
  const raw = await readFile(file)
  const [br, gz] = await Promise.all([brotli(raw, { params }), zip(raw, { level: 9 })])
  await write(`${file}.gz`, gz)
  await write(`${file}.br`, br)
}

const files = (await text(process.stdin)).split('\n').values()

async function some() {
  for (const file of files) await compress(file)
}

// Each uses a thread of its own most of the time.
await Promise.all([some(), some(), some()])
