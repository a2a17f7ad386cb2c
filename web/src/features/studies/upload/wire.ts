/** What imaging says about a batch of uploads. */
import { send } from '../../../api/client'

export type ServerState =
  | 'receiving'
  | 'received'
  | 'unpacked'
  | 'stored'
  | 'duplicate'
  | 'conflict'
  | 'refused'

export type ServerFile = {
  id: string
  /** The zip it came out of. */
  zip: string | null
  name: string
  length: number
  state: ServerState
  code: string
  sentence: string
  study_uid: string
}

export type ServerStudy = {
  study_uid: string
  files: number
  stored: number
  refused: number
  instance_count: number
  declared_count: number | null
  PatientName: string
  PatientID: string
  StudyDescription: string
  StudyDate: string
}

export type Batch = {
  id: string
  finished_at: string | null
  settled: boolean
  files: ServerFile[]
  studies: ServerStudy[]
}

const post = (what: object): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(what),
})

export class BatchApi {
  constructor(private readonly root: string) {}

  get uploads(): string {
    return `${this.root}/uploads`
  }

  create = async (hint: string): Promise<Batch> =>
    (await send(`${this.root}/batches`, post({ study_hint: hint }))).json()

  read = async (id: string): Promise<Batch> => (await send(`${this.root}/batches/${id}`)).json()

  finish = async (id: string, abandon: boolean): Promise<Batch> =>
    (await send(`${this.root}/batches/${id}/finish`, post({ abandon }))).json()
}
