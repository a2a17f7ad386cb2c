/** What was typed in this opinion and could not be sent, offered when it is opened again. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Keeper } from '../../kit/unsent/keeper'
import { UnsentOffer } from '../../kit/unsent/UnsentOffer'
import { type Offer, useShelf, useUnsent } from '../../kit/unsent/useUnsent'
import { whole } from './content'
import type { Desk } from './desk'
import type { Content, Opinion, Row } from './queries'
import { unsentOf, useDeskState } from './useDesk'

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

type Props = { id: string; desk: Desk; keeper: Keeper }

export function Unsent({ id, desk, keeper }: Props) {
  const name = useName()
  const shelf = useShelf()
  useDeskState(desk)
  const { server } = desk
  const content = useMemo(() => whole(server.content), [server])
  const offer = useUnsent(shelf, unsentOf(id, server), keeper, content)
  if (!offer) return null
  const restore = ({ left, before, changed }: Offer) => {
    const over = Object.fromEntries(changed.map((field) => [field, before[field]]))
    desk.restore(left as Partial<Content>, over as Partial<Content>)
  }
  return <UnsentOffer offer={offer} name={name} text={textOf} onRestore={restore} />
}

const NOBODY = { id: '', settled: async () => undefined }

/** What was typed here and never arrived, while this version was signed elsewhere: it can still be copied. */
export function LeftOfSigned({ id, signed }: { id: string; signed: Opinion['signed'][number] }) {
  const name = useName()
  const shelf = useShelf()
  const content = useMemo(() => whole(signed.content), [signed])
  const offer = useUnsent(shelf, unsentOf(id, signed), NOBODY, content)
  return offer && <UnsentOffer offer={offer} name={name} text={textOf} />
}
