/** Ladders that only say how long something lasts: nobody is told by them. */
export type OnlyLasts = 'reading' | 'taken' | 'extension' | 'report_read'
