/** Sends a file with progress; with the same key it is the same file. */
import type { Schemas } from '../../api/client'
import { offline, problemOf } from '../../api/problem'
import { sessionEnded } from '../../api/signedOut'

export type Kept = Schemas['FileOut']
export type FileKind = 'attachment' | 'consent'

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export function sendFile(
  file: File,
  kind: FileKind,
  key: string,
  onProgress: (part: number) => void,
  given: AbortSignal,
): Promise<Kept> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const query = new URLSearchParams({ kind, name: file.name.slice(0, 200) })
    request.open('POST', `/api/files?${query}`)
    request.setRequestHeader('Idempotency-Key', key)
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    request.onerror = () => reject(offline())
    request.onabort = () => reject(new DOMException('given up', 'AbortError'))
    given.addEventListener('abort', () => request.abort())
    request.ontimeout = () => reject(offline())
    request.onload = () => {
      const answer = parsed(request.responseText)
      if (request.status >= 200 && request.status < 300) {
        resolve(answer as Kept)
        return
      }
      if (request.status === 401) sessionEnded()
      reject(problemOf(request.status, answer))
    }
    request.send(file)
  })
}
