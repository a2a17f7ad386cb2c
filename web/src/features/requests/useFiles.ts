/** Files on their way: each with its progress, and with a retry that cannot double it. */
import { useState } from 'react'
import { newKey } from '../../api/client'
import { asProblem, type Problem } from '../../api/problem'
import { type FileKind, type Kept, sendFile } from './sendFile'

export type Sending = { key: string; file: File; part: number; why: Problem | null }

export function useFiles(kind: FileKind, onKept: (file: Kept) => Promise<unknown>) {
  const [sending, setSending] = useState<readonly Sending[]>([])
  const put = (key: string, more: Partial<Sending>) =>
    setSending((all) => all.map((each) => (each.key === key ? { ...each, ...more } : each)))
  const drop = (key: string) => setSending((all) => all.filter((each) => each.key !== key))

  const run = async (key: string, file: File) => {
    try {
      await onKept(await sendFile(file, kind, key, (part) => put(key, { part })))
      drop(key)
    } catch (error) {
      put(key, { why: asProblem(error) })
    }
  }
  const add = (files: readonly File[]) => {
    const fresh = files.map((file) => ({ key: newKey(), file, part: 0, why: null }))
    setSending((all) => [...all, ...fresh])
    for (const { key, file } of fresh) void run(key, file)
  }
  const again = ({ key, file }: Sending) => {
    put(key, { part: 0, why: null })
    void run(key, file)
  }
  return { sending, add, again, drop }
}
