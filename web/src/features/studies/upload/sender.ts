/** Send one file resumably (tus.io): small ones in a single request, large ones on from where they stopped. */
import { type DetailedError, Upload } from 'tus-js-client'

export type Sending = { cancel: () => void }

export type Send = (
  file: File,
  path: string,
  batch: string,
  /** The server's address of a file that was begun before. */
  begun: string | null,
  on: {
    progress: (bytes: number) => void
    done: () => void
    failed: (status: number) => void
  },
) => Sending

const CHUNK = 8 * 1024 * 1024
const PATIENCE = [0, 500, 1_500, 4_000, 10_000]

export const sender =
  (endpoint: string): Send =>
  (file, path, batch, begun, on) => {
    const upload = new Upload(file, {
      endpoint,
      ...(begun ? { uploadUrl: `${endpoint}/${begun}` } : {}),
      metadata: { filename: file.name, relativePath: path, batch },
      uploadDataDuringCreation: true,
      chunkSize: CHUNK,
      fileReader: { openFile: async (whole: File) => source(whole) },
      retryDelays: PATIENCE,
      // File names may name patients: nothing about them is kept in this browser.
      storeFingerprintForResuming: false,
      onProgress: (bytes) => on.progress(bytes),
      onSuccess: () => on.done(),
      onError: (error) => on.failed(statusOf(error)),
      onShouldRetry: (error) => ![401, 403, 404, 413].includes(statusOf(error)),
    })
    upload.start()
    return { cancel: () => void upload.abort() }
  }

/** A file that goes in one piece goes as it is: a slice of it is made by another process, which the page waits for. */
export const source = (file: File) => ({
  size: file.size,
  slice: async (start: number, end: number) => ({
    value: start === 0 && end >= file.size ? file : file.slice(start, end),
    done: end >= file.size,
  }),
  close: () => {},
})

const statusOf = (error: Error | DetailedError): number =>
  'originalResponse' in error ? (error.originalResponse?.getStatus() ?? 0) : 0
