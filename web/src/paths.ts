/** All URLs: patterns for the router, functions for everything else. */
export const patterns = {
  home: '/',
  consultations: '/consultations',
  newRequest: '/requests/new',
  consultation: '/consultations/:id',
  request: '/requests/:id',
  opinion: '/consultations/:id/opinion',
  room: '/rooms/:id',
  images: '/consultations/:id/images',
  /** Planes through the volume of a series. */
  mpr: '/consultations/:id/mpr',
  booking: '/consultations/:id/booking',
  calendar: '/calendar',
  centre: '/centre',
  onDuty: '/on-duty',
  sites: '/sites',
  /** 值守: whoever is on duty hears here what rings. */
  standby: '/duty',
  rosters: '/admin/rosters',
  studies: '/studies',
  upload: '/consultations/:id/upload',
  settings: '/settings',
  account: '/account',
  telling: '/account/notices',
  outside: '/admin/notices',
  accounts: '/admin/accounts',
  staff: '/admin/staff',
  credentials: '/credentials',
  departments: '/admin/departments',
  venues: '/admin/venues',
  agreements: '/admin/agreements',
  ladders: '/admin/ladders',
  workdays: '/admin/calendar',
  devices: '/admin/devices',
  systems: '/admin/systems',
  imports: '/admin/import/:kind',
  audit: '/audit',
  /** Who can see a patient of one's own hospital now. */
  canSee: '/patients/:id/can-see',
  /** What has been opened by break-glass: by oneself, and of one's own patients for review. */
  breakGlasses: '/break-glass',
  breakGlass: '/break-glass/:id',
  readings: '/reading',
  /** The report templates of a reading desk. */
  reportTemplates: '/reading/templates',
  /** To whom of a reading desk readings are given. */
  readingDesk: '/reading/desk',
  /** Where over-reads and the branches' own reports differ. */
  discrepancies: '/reading/discrepancies',
  /** A branch's own studies, and the own report of one. */
  ownReports: '/reading/own',
  ownReport: '/reading/own/:id',
  /** The images of the reading that is open in the window which opened this one. */
  readingImages: '/reading/images',
  reading: '/reading/:id',
  readingMpr: '/reading/:id/mpr',
  readTogether: '/reading/:id/together',
  /** Critical findings: the register of a day, and one of them. */
  criticalFindings: '/critical-findings',
  criticalFinding: '/critical-findings/:id',
  /** Ward rounds: the coming ones, what was, and the series. */
  rounds: '/rounds',
  roundNotes: '/rounds/notes',
  round: '/rounds/:id',
  wardBoard: '/wards/:id/board',
  /** The run-sheet while it goes on: of who leads it, and of everybody else. */
  roundLead: '/rounds/:id/lead',
  roundFollow: '/rounds/:id/follow',
  /** At the bed: a ward's cart. */
  roundCart: '/rounds/:id/cart',
  verify: '/verify/:code',
  /** The screen of a device at which nobody has signed in. */
  device: '/device',
  /** Where somebody confirms on their telephone that they sign in at a device. */
  deviceCode: '/device-code',
} as const

/** Whether a page needs no sign-in. */
export const isPublic = (pathname: string): boolean =>
  pathname === patterns.device || pathname.startsWith(at(patterns.verify, ''))

const at = (pattern: string, value: string) => pattern.replace(/:\w+/, encodeURIComponent(value))

/** The address of a series on a page. */
const seriesAt = (page: string) => (hospital: string, study: string, series: string) =>
  `${page}?${new URLSearchParams({ hospital, study, series })}`

export const paths = {
  home: (group?: string) => (group ? `/?group=${encodeURIComponent(group)}` : patterns.home),
  /** `show`: one of the list's filters. */
  consultations: (show?: string) =>
    show ? `${patterns.consultations}?show=${show}` : patterns.consultations,
  newRequest: () => patterns.newRequest,
  consultation: (id: string) => at(patterns.consultation, id),
  /** The 会诊申请单 of a draft or a returned consultation. */
  request: (id: string) => at(patterns.request, id),
  /** The opinion's own page: for written answers, or after the call. */
  opinion: (id: string) => at(patterns.opinion, id),
  /** A consultation's room has the consultation's id. */
  room: (id: string) => at(patterns.room, id),
  /** The images of a consultation's packet; opened beside a call they stay in step with it. */
  images: (id: string, beside?: 'room') =>
    at(patterns.images, id) + (beside ? `?beside=${beside}` : ''),
  mpr: (id: string) => seriesAt(at(patterns.mpr, id)),
  booking: (id: string) => at(patterns.booking, id),
  calendar: () => patterns.calendar,
  /** The recurring time whose single times are seen to. */
  recurring: (id: string) => `${patterns.calendar}?series=${id}`,
  /** The centre's day, as a table to print. */
  centre: () => patterns.centre,
  onDuty: () => patterns.onDuty,
  sites: () => patterns.sites,
  standby: () => patterns.standby,
  rosters: (id?: string) => patterns.rosters + (id ? `?roster=${encodeURIComponent(id)}` : ''),
  studies: () => patterns.studies,
  upload: (id: string) => at(patterns.upload, id),
  settings: () => patterns.settings,
  account: () => patterns.account,
  telling: () => patterns.telling,
  outside: () => patterns.outside,
  accounts: () => patterns.accounts,
  /** `person`: whose drawer is open. */
  staff: (person?: string) => patterns.staff + (person ? `?person=${person}` : ''),
  /** The form for a branch's first administrator. */
  firstAdministrator: (hospital: string) => `${patterns.staff}?person=new&at=${hospital}`,
  /** Roles to be confirmed and registrations that end. */
  credentials: () => patterns.credentials,
  departments: () => patterns.departments,
  venues: () => patterns.venues,
  agreements: () => patterns.agreements,
  ladders: () => patterns.ladders,
  systems: () => patterns.systems,
  workdays: (year?: number) => patterns.workdays + (year ? `?year=${year}` : ''),
  devices: () => patterns.devices,
  device: () => patterns.device,
  deviceCode: () => patterns.deviceCode,
  /** `kind`: staff, departments, wards … */
  imports: (kind: string) => at(patterns.imports, kind),
  /** Who saw a patient, or what a person saw. */
  audit: (of?: { patient?: string; staff?: string; day?: string; purpose?: string }) =>
    of ? `${patterns.audit}?${new URLSearchParams(of)}` : patterns.audit,
  /** `from`: the case from which somebody asks. */
  canSee: (patient: string, from: string) => `${at(patterns.canSee, patient)}?case=${from}`,
  breakGlasses: () => patterns.breakGlasses,
  breakGlass: (id: string) => at(patterns.breakGlass, id),
  /** `show`: one of the desk's lists. */
  readings: (show?: string) => patterns.readings + (show ? `?show=${show}` : ''),
  reportTemplates: () => patterns.reportTemplates,
  readingDesk: () => patterns.readingDesk,
  discrepancies: () => patterns.discrepancies,
  ownReports: () => patterns.ownReports,
  /** By the study's UID. */
  ownReport: (uid: string) => at(patterns.ownReport, uid),
  readingImages: () => patterns.readingImages,
  reading: (id: string) => at(patterns.reading, id),
  readingMpr: (id: string) => seriesAt(at(patterns.readingMpr, id)),
  readTogether: (id: string) => at(patterns.readTogether, id),
  criticalFindings: () => patterns.criticalFindings,
  criticalFinding: (id: string) => at(patterns.criticalFinding, id),
  /** The form that requests the reading of this study. */
  askReading: (study: string) => `${patterns.readings}?study=${encodeURIComponent(study)}`,
  /** `show`: one of its tabs. */
  rounds: (show?: string) => patterns.rounds + (show ? `?show=${show}` : ''),
  roundNotes: (item?: string) => patterns.roundNotes + (item ? `?item=${item}` : ''),
  /** `consent`: of which bed a consent owes its paper. */
  round: (id: string, consent?: string) =>
    at(patterns.round, id) + (consent ? `?consent=${consent}` : ''),
  wardBoard: (id: string) => at(patterns.wardBoard, id),
  roundLead: (id: string) => at(patterns.roundLead, id),
  roundFollow: (id: string) => at(patterns.roundFollow, id),
  roundCart: (id: string) => at(patterns.roundCart, id),
  verify: (code: string) => at(patterns.verify, code),
}
