/** Texts for the lines of the readiness gate: what was checked and found. */
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../api/client'
import { useFormat } from '../i18n/format'

/** One line of the gate, translated. */
export type Check = {
  name: string
  label: string
  met: boolean
  optional: boolean
  evidence: string
  action?: ReactNode
}

type CheckOut = Schemas['CheckOut']
const number = (value: unknown): number | null => (typeof value === 'number' ? value : null)

export function useCheckWords(): (check: CheckOut) => Check {
  const { t, i18n } = useTranslation()
  const { moment } = useFormat()
  const evidence = ({ key, ok, at, detail = {} }: CheckOut): string => {
    const e = 'checks.evidence'
    const when = at ? moment(at) : ''
    switch (key) {
      case 'consent': {
        const kinds = Array.isArray(detail.kinds) ? detail.kinds : []
        const kind = kinds.find((one) => i18n.exists(`checks.consent_kind.${one}`)) as
          | 'patient'
          | undefined
        return ok && kind ? `${t(`checks.consent_kind.${kind}`)} ${when}` : t(`${e}.missing`)
      }
      case 'packet':
        return t(`${e}.items`, { have: String(detail.have ?? 0), of: String(detail.of ?? 0) })
      case 'images': {
        if (detail.no_images) return t(`${e}.no_images`)
        const others = number(detail.others)
        if (others) return t(`${e}.others`, { count: others })
        const received = number(detail.received)
        const expected = number(detail.expected)
        if (!received) return t(`${e}.none`)
        return expected === null
          ? t(`${e}.received`, { received: String(received) })
          : t(`${e}.count`, { received: String(received), expected: String(expected) })
      }
      case 'identity': {
        const waiting = number(detail.waiting) ?? 0
        if (ok) return t(`${e}.confirmed`)
        return waiting > 0 ? t(`${e}.waiting`, { n: String(waiting) }) : t(`${e}.none`)
      }
      case 'registration':
        if (ok) return t(`${e}.until`, { date: String(detail.until ?? '') })
        return detail.ended
          ? t(`${e}.ended`, { date: String(detail.ended) })
          : t(`${e}.unregistered`)
      case 'devices_hub':
      case 'devices_branch':
        if (!at) return t(`${e}.untested`)
        return t(ok ? `${e}.tested` : `${e}.failed`, { at: when })
      case 'accompanying_here':
        return ok ? t(`${e}.arrived`, { at: when }) : t(`${e}.not_here`)
      default:
        return when
    }
  }
  return (check) => ({
    name: check.key,
    label: i18n.exists(`checks.${check.key}`) ? t(`checks.${check.key as 'consent'}`) : check.key,
    met: check.ok,
    optional: !check.blocks,
    evidence: evidence(check),
  })
}
