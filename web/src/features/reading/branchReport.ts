/** The branch's own report as it is typed in, and how it is sent. */
import type { Schemas } from '../../api/client'
import { uploadFile } from '../../api/files'

export type BranchReport = Schemas['BranchReportOut']
export type Typed = {
  author: string
  written_at: string | null
  findings: string
  impression: string
  file: File | null
}
export const nothing = (author: string): Typed => ({
  ...{ author, written_at: null, findings: '', impression: '', file: null },
})

export const isEmpty = ({ written_at, findings, impression, file }: Typed) =>
  !written_at && !findings.trim() && !impression.trim() && !file

/** Whether it says who wrote it when, and has a diagnosis or a PDF. */
export const isWhole = ({ author, written_at, impression, file }: Typed) =>
  Boolean(author.trim() && written_at && (impression.trim() || file))

/** As it is sent; the PDF goes first. */
export async function sent({ file, written_at, ...typed }: Typed) {
  const kept = file ? await uploadFile('attachment', file, file.name) : null
  return { ...typed, written_at: written_at ?? '', file_id: kept?.id ?? null }
}
