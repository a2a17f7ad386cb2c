import { openTab } from '../../api/atDevice'
import { save } from '../../kit/save'

/** Show a PDF that was fetched: in a tab of its own, or as a download where no tab may open. */
export function openPrint(pdf: Blob, name = 'print.pdf'): void {
  const url = URL.createObjectURL(pdf)
  if (!openTab(url)) save(pdf, name)
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
