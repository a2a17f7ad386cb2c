/** Read by tsc only: what must not compile is expected not to. */
import i18next from 'i18next'
import type { Filled } from './shape'

const master = { yes: '是', of: { beds_other: '{{count}} 床' } } as const
type Master = typeof master

export const whole = {
  yes: 'yes',
  of: { beds_one: 'one bed', beds_other: '{{count}} beds' },
} satisfies Filled<Master>
// @ts-expect-error a missing key
export const missing = { of: { beds_other: '' } } satisfies Filled<Master>
// @ts-expect-error a key that Chinese does not have
export const extra = { yes: '', no: '', of: { beds_other: '' } } satisfies Filled<Master>

export const calls = () => {
  i18next.t('state.retry')
  // @ts-expect-error no such key
  i18next.t('state.nonsense')
  // @ts-expect-error the text needs a time
  i18next.t('count.left', {})
}
