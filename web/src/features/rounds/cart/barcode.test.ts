/** Codes as wristbands carry them, drawn by the library's writer and read from pixels. */
import { beforeAll, expect, test } from 'vitest'
import reader from 'zxing-wasm/reader/zxing_reader.wasm?url&inline'
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer'
import writer from 'zxing-wasm/writer/zxing_writer.wasm?url&inline'
import { numberIn, prepare } from './barcode'

/** Without a server to fetch it from. */
const bytes = (data: string) =>
  Uint8Array.from(atob(data.split(',')[1] ?? ''), (each) => each.charCodeAt(0)).buffer
const NUMBER = 'W2600237'

beforeAll(() => {
  prepare({ wasmBinary: bytes(reader) })
  prepareZXingModule({
    overrides: { wasmBinary: bytes(writer) },
  })
})

/** A white picture with the code in its middle, as a camera sees it. */
async function seen(format: 'Code128' | 'QRCode' | 'EAN13', text: string): Promise<ImageData> {
  const { symbol } = await writeBarcode(text, { format, scale: 1, addQuietZones: true })
  const [times, tall] = [3, format === 'QRCode' ? 3 : 120]
  const [width, height] = [symbol.width * times + 80, symbol.height * tall + 80]
  const data = new Uint8ClampedArray(width * height * 4).fill(255)
  for (let y = 0; y < symbol.height * tall; y++)
    for (let x = 0; x < symbol.width * times; x++) {
      const shade = symbol.data[Math.floor(y / tall) * symbol.width + Math.floor(x / times)] ?? 255
      data.fill(shade, ((y + 40) * width + x + 40) * 4, ((y + 40) * width + x + 40) * 4 + 3)
    }
  return { width, height, data, colorSpace: 'srgb' } as ImageData
}

test.each(['Code128', 'QRCode'] as const)('%s says its number', async (format) => {
  expect(await numberIn(await seen(format, NUMBER))).toBe(NUMBER)
})

test('a package beside the bed is no wristband, and an empty picture has no number', async () => {
  expect(await numberIn(await seen('EAN13', '4006381333931'))).toBeNull()
  const data = new Uint8ClampedArray(200 * 100 * 4).fill(255)
  expect(
    await numberIn({ width: 200, height: 100, data, colorSpace: 'srgb' } as ImageData),
  ).toBeNull()
})
