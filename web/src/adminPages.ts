/** The pages of administrators and others that load their words with themselves, each a chunk. Apart from their routes,
 *  so that the first script of everybody else's pages does not name the files of these. */
import { withAdminWords, withRoomWords } from './i18n'

export const settings = () => withAdminWords(import('./features/settings/page'))
export const account = () => withAdminWords(import('./features/account/page'))
export const deviceCode = () => withAdminWords(import('./features/devices/confirmPage'))
export const telling = () => withAdminWords(import('./features/telling/page'))
export const outside = () => withAdminWords(import('./features/telling/outside'))
export const accounts = () => withAdminWords(import('./features/accounts/page'))
export const staff = () => withAdminWords(import('./features/staff/page'))
export const credentials = () => withAdminWords(import('./features/staff/credentialsPage'))
export const departments = () => withAdminWords(import('./features/places/departmentsPage'))
export const venues = () => withAdminWords(import('./features/places/venuesPage'))
export const agreements = () => withAdminWords(import('./features/places/agreementsPage'))
export const ladders = () => withAdminWords(import('./features/administration/laddersPage'))
export const workdays = () => withAdminWords(import('./features/administration/calendarPage'))
export const devices = () => withAdminWords(import('./features/devices/page'))
export const systems = () => withAdminWords(import('./features/sources/page'))
export const imports = () => withAdminWords(import('./features/imports/page'))
export const onDuty = () => withAdminWords(import('./features/rosters/onDutyPage'))
export const sites = () => withAdminWords(import('./features/sites/page'))
export const standby = () =>
  withRoomWords(withAdminWords(import('./features/rosters/standby/page')))
export const rosters = () => withAdminWords(import('./features/rosters/rostersPage'))
export const audit = () => withAdminWords(import('./features/disclosures/auditPage'))
export const canSee = () => withAdminWords(import('./features/disclosures/canSeePage'))
export const breakGlasses = () => withAdminWords(import('./features/breakGlass/page'))
export const breakGlass = () => withAdminWords(import('./features/breakGlass/onePage'))
