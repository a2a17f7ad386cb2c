/** What the author must decide about this opinion's text. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { DraftNotices } from '../../kit/draft/DraftNotices'
import { UnsentOffer } from '../../kit/unsent/UnsentOffer'
import { useShelf, useUnsent } from '../../kit/unsent/useUnsent'
import { whole } from './content'
import { type OpinionDraft, unsentOf } from './draft'
import type { Content, Opinion, Row } from './queries'

const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && 'text' in value

function textOf(_field: string, value: unknown): string {
  if (typeof value === 'string') return value
  if (!Array.isArray(value) || !value.every(isRow)) return ''
  return value.map(({ text }) => text).join('\n')
}

function useName(): (field: string) => string {
  const { t } = useTranslation()
  return (field) => t(`opinions.${field as keyof Content}`)
}

export function Decisions({ id, draft }: { id: string; draft: OpinionDraft }) {
  const name = useName()
  return (
    <DraftNotices draft={draft} of={unsentOf(id, draft.server)} alone name={name} text={textOf} />
  )
}

const NOBODY = { id: '', settled: async () => undefined }

/** Unsent text for a version that was signed elsewhere meanwhile; it can only be copied. */
export function LeftOfSigned({ id, signed }: { id: string; signed: Opinion['signed'][number] }) {
  const name = useName()
  const shelf = useShelf()
  const content = useMemo(() => whole(signed.content), [signed])
  const offer = useUnsent(shelf, unsentOf(id, signed), NOBODY, content)
  return offer && <UnsentOffer offer={offer} name={name} text={textOf} />
}
