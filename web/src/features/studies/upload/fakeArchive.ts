/** An archive without a server, for tests. */
import { Problem } from '../../../api/problem'
import type { Send } from './sender'
import type { Batch, BatchApi, ServerFile } from './wire'

type Sent = Parameters<Send>[4] & {
  path: string
  batch: string
  begun: string | null
  bytes: number
}

/** An archive that takes every file as DICOM except those called note. */
export class FakeArchive {
  batches = new Map<string, Batch>()
  sent: Sent[] = []
  offline = false
  private next = 1

  send: Send = (file, path, batch, begun, on) => {
    this.sent.push({ ...on, path, batch, begun, bytes: file.size })
    return { cancel: () => {} }
  }

  /** The newest request of a file ends well. */
  arrive(path: string): void {
    const sent = this.sent.filter((one) => one.path === path).at(-1)
    if (!sent) throw new Error(path)
    this.know(path, sent.bytes, path.includes('note') ? 'refused' : 'received', path, sent.batch)
    sent.done()
  }

  know(name: string, length: number, state: ServerFile['state'], id = name, batch = 'b1'): void {
    this.batches.get(batch)?.files.push({
      id,
      zip: null,
      name,
      length,
      state,
      code: state === 'refused' ? 'not_dicom' : '',
      sentence: '',
      study_uid: state === 'refused' ? '' : '1.2.3',
    })
  }

  api = {
    create: async () => {
      if (this.offline) throw new Problem(0)
      const batch = {
        id: `b${this.next++}`,
        finished_at: null,
        settled: false,
        files: [],
        studies: [],
      }
      this.batches.set(batch.id, batch)
      return structuredClone(batch)
    },
    read: async (id: string) => {
      const batch = this.batches.get(id)
      if (!batch) throw new Problem(404)
      return structuredClone(batch)
    },
    finish: async (id: string) => {
      const batch = this.batches.get(id) as Batch
      batch.finished_at = 'now'
      return structuredClone(batch)
    },
    uploads: '',
  } as unknown as BatchApi

  settle(...ids: string[]): void {
    for (const batch of this.batches.values()) {
      if (ids.length > 0 && !ids.includes(batch.id)) continue
      batch.settled = true
      for (const file of batch.files) if (file.state === 'received') file.state = 'stored'
      const stored = batch.files.filter(({ state }) => state === 'stored').length
      const study_uid = batch.id === 'b1' ? '1.2.3' : '4.5'
      batch.studies = [{ study_uid, stored } as Batch['studies'][number]]
    }
  }
}
