/** An act on the run-sheet as a page makes, keeps and sends it, and what is answered. */
import type { Schemas } from '../../../api/client'

export type Sent = Schemas['RoundActIn']
export type Answer = Schemas['RoundActOut']
export type ActKind = Sent['kind']
/** What somebody does, without its id and times. */
export type Act = Pick<Sent, 'kind'> & Partial<Omit<Sent, 'kind' | Stamp>>
export type Stamp = 'id' | 'occurred_at' | 'sent_at'
/** As it waits: with its id, and the time at which it was done by this computer's clock. */
export type Waiting = Act & Pick<Sent, 'id' | 'occurred_at'>
/** As it is kept until it is answered: all but when it is sent. */
export type Made = Omit<Sent, 'sent_at'>
