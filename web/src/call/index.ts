/** A call without a page: no framework, no DOM beyond the media interfaces. */
export { Call, type CallOptions } from './call'
export {
  type Check,
  type CheckState,
  checkDevices,
  checkSignaling,
  type DeviceReport,
} from './devicecheck'
export { type DeviceProblem, type Input, LocalMedia, type LocalState } from './localmedia'
export { TicketRefused } from './session'
export { choosesSpeaker, playOn, testSound, USUAL } from './speaker'
export type { Topic } from './stage'
export { type CallState, type ChatLine, type EndReason, type Remote, Store } from './state'
export type { Bystander, Data, Level, MemberId, Peer, Scope, Source } from './wire'
