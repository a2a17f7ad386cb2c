/** Reads the code of a wristband from a picture: Code 128 or QR, by zxing in WebAssembly, fetched when it is asked for. */
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import address from 'zxing-wasm/reader/zxing_reader.wasm?url'

type Overrides = NonNullable<NonNullable<Parameters<typeof prepareZXingModule>[0]>['overrides']>

/** From our own server; the library would fetch it from another. */
export function prepare(overrides: Overrides = { locateFile: () => address }): void {
  prepareZXingModule({ overrides })
}

export async function numberIn(picture: ImageData): Promise<string | null> {
  const found = await readBarcodes(picture, {
    formats: ['Code128', 'QRCode'],
    tryHarder: true,
    maxNumberOfSymbols: 1,
  })
  return found.find(({ isValid, text }) => isValid && text.trim() !== '')?.text.trim() ?? null
}
