/** A table as a file for spreadsheets, as the server writes them (kit/spreadsheet.py). */

// A spreadsheet takes a cell that begins so for a formula; a quote before it makes it text.
const FORMULA = /^[=+\-@\t\r]/

export function tableFile(lines: readonly (readonly string[])[]): string {
  // The mark at the head lets spreadsheets read Chinese in it.
  return `\ufeff${lines.map((cells) => cells.map(quoted).join(',')).join('\r\n')}`
}

function quoted(cell: string): string {
  const plain = FORMULA.test(cell) ? `'${cell}` : cell
  return `"${plain.replaceAll('"', '""')}"`
}
