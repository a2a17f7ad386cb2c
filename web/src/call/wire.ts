/** The messages of docs/protocol.md, one type for each `t`; the same as in signaling/protocol.py. */

export const VERSION = 1

export type MemberId = string
export type Source = 'camera' | 'mic' | 'screen'
export type Level = 'good' | 'fair' | 'poor'
export type Scope = string

export interface TrackState {
  source: Source
  muted: boolean
}

export interface Peer {
  id: MemberId
  sub: string
  name: string
  role: string
  hospital: string
  title: string
  device: 'page' | 'companion' | 'cart' | 'viewer'
  booked: boolean
  lead: boolean
  page: string
  state: 'waiting' | 'here' | 'reconnecting'
  held: boolean
  /** Waits until a lead lets them in: not booked, asked to wait, or sent away before. */
  knocks: boolean
  tracks: TrackState[]
  level: Level | null
}

export interface Bystander {
  role: string
  number: number
  name: string
}

export interface View {
  by: MemberId | null
  others: Bystander[]
}

export interface Mode {
  kind: 'p2p'
  epoch: number
  publishers: MemberId[]
}

/** `by`: a member, `product` when its order ended somebody's access, `called_away` when they answer an emergency
 *  elsewhere and may come back. */
export interface Removed {
  words: string
  by: MemberId | 'product' | 'called_away'
}

export interface Waiting {
  position: number
  lead_here: boolean
  booked: boolean
  held: boolean
  knocks: boolean
  words: string
}

/** A chat line; `ev` is its place in the room's log. */
export interface Said {
  from: MemberId
  name: string
  at: string
  topic: string
  payload: unknown
  scope: Scope | null
  to: MemberId | null
  id: string | null
  ev: [number, number]
}

export interface Shown {
  scope: Scope
  payload: unknown
}

/** A viewport, pointer or annotation; not stored. */
export interface Data {
  from: MemberId
  topic: string
  scope: Scope | null
  payload: unknown
}

export interface Joined {
  self: MemberId
  epoch: number
  me: Peer
  grants: string[]
  studies: Scope[]
  peers: Peer[]
  mode: Mode
  speakers: MemberId[]
  view: View
  locked: boolean
  presenter: MemberId | null
  viewports: Shown[]
  history: Said[]
}

export interface Welcome {
  session: string
  resume_secret: string
  heartbeat_s: number
  grace_s: number
  resumed: boolean
  ice_servers: RTCIceServer[]
  ttl: number
}

export interface Signal {
  from: MemberId
  pc: string
  gen: number
}

export interface Refusal {
  code: string
  msg: string
  fatal: boolean
  retry_after?: number
}

export interface GoAway {
  mode: 'resume' | 'reconnect' | 'leave'
  after_ms: number
}

export type SignalMessage =
  | {
      t: 'sdp'
      d: Signal & { kind: 'offer' | 'answer'; sdp: string; mids: Record<string, Source> }
    }
  | { t: 'ice'; d: Signal & { candidates: RTCIceCandidateInit[]; end: boolean } }
  | { t: 'pc.replace'; d: Signal }

export type ServerMessage =
  | SignalMessage
  | { t: 'welcome'; d: Welcome }
  | { t: 'waiting'; d: Waiting }
  | { t: 'admitted'; d: { by: MemberId } }
  | { t: 'removed'; d: Removed }
  | { t: 'joined'; d: Joined }
  | { t: 'peer'; d: ({ op: 'add' | 'change' } & Peer) | { op: 'remove'; id: MemberId } }
  | {
      t: 'track'
      d: { op: 'add' | 'change' | 'remove'; id: MemberId; source: Source; muted?: boolean }
    }
  | { t: 'mode'; d: Mode }
  | { t: 'speakers'; d: { ids: MemberId[] } }
  | { t: 'quality'; d: { id: MemberId; level: Level; rtt: number | null } }
  | { t: 'mute'; d: { source: Source; by: MemberId } }
  | { t: 'grants'; d: { grants: string[]; studies: Scope[] } }
  | { t: 'presenter'; d: { id: MemberId | null } }
  | { t: 'view'; d: View }
  | { t: 'room'; d: { locked: boolean } }
  | { t: 'data'; d: Data | Said }
  | { t: 'ice.refresh'; d: { ice_servers: RTCIceServer[]; ttl: number } }
  | { t: 'goaway'; d: GoAway }
  | { t: 'error'; d: Refusal }
  | { t: 'ack' | 'pong'; d: object }

export type Frame = ServerMessage & { seq?: number; re?: string }

export const CLOSE = {
  normal: 1000,
  badMessage: 4400,
  auth: 4401,
  forbidden: 4403,
  replaced: 4409,
  ended: 4410,
  drain: 4503,
} as const
