/** The medical office's home page. */
export const reads_today = {
  title: 'Read today',
  note: "How often your hospital's patients were read",
  reads: 'Reads',
  of_other_hospitals: 'Other hospitals',
  outside_department: 'Other department',
  break_glass: 'Break-glass',
  refused: 'Refused',
}
