/** Sends a file, which is nobody else's until it is attached to something. */
import { newId } from '../id'
import { idempotent, type Schemas, send } from './client'

/** One key per file, so that a retried upload is the same file. */
export async function uploadFile(
  kind: 'attachment' | 'key_image' | 'paper_opinion',
  file: Blob,
  name: string,
): Promise<Schemas['FileOut']> {
  const url = `/api/files?kind=${kind}&name=${encodeURIComponent(name.slice(0, 200))}`
  const headers = idempotent(newId())
  const answer = await send(url, { method: 'POST', body: file, headers })
  return (await answer.json()) as Schemas['FileOut']
}
