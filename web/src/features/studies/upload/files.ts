/** What was dropped or chosen: files, whole folders, zips; with the path inside the folder as the name. */

export type Chosen = { file: File; path: string }

/** The litter of operating systems and discs, which holds no image and would only be refused. */
const LITTER = /^(\.|thumbs\.db$|desktop\.ini$|autorun\.inf$|dicomdir$|__macosx$)/i

export const isLitter = (path: string): boolean => path.split('/').some((part) => LITTER.test(part))

export function fromInput(list: FileList): Chosen[] {
  return [...list]
    .map((file) => ({ file, path: file.webkitRelativePath || file.name }))
    .filter(({ path }) => !isLitter(path))
}

/** Entries must be taken inside the drop event; reading them may take longer. */
export function fromDrop(data: DataTransfer): Promise<Chosen[]> {
  const entries = [...data.items]
    .filter((item) => item.kind === 'file')
    .map((item) => item.webkitGetAsEntry?.() ?? null)
  if (entries.some((entry) => entry === null)) return Promise.resolve(fromInput(data.files))
  return flatten(entries.filter((entry) => entry !== null))
}

async function flatten(entries: readonly FileSystemEntry[]): Promise<Chosen[]> {
  const found: Chosen[] = []
  for (const entry of entries) {
    if (isLitter(entry.name)) continue
    if (entry.isFile) {
      const file = await fileOf(entry as FileSystemFileEntry)
      found.push({ file, path: entry.fullPath.replace(/^\//, '') })
    } else if (entry.isDirectory) {
      found.push(...(await flatten(await entriesOf(entry as FileSystemDirectoryEntry))))
    }
  }
  return found
}

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject))

/** A reader gives a hundred at a time, and nothing when it is done. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (some.length === 0) return all
    all.push(...some)
  }
}
