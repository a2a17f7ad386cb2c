/** Show a PDF that was fetched: in a tab of its own, or as a download where no tab may open. */
export function openPrint(pdf: Blob, name = 'print.pdf'): void {
  const url = URL.createObjectURL(pdf)
  const tab = window.open(url, '_blank')
  if (!tab) {
    const link = document.createElement('a')
    link.href = url
    link.download = name
    link.click()
  }
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
