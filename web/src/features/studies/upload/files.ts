/** What was dropped or chosen: files, whole folders, zips; with the path inside the folder as the name. */

export type Chosen = { file: File; path: string }
/** `unread` are the paths that the browser could not read. */
export type Dropped = { chosen: Chosen[]; unread: string[] }

/** The litter of operating systems and discs, which holds no image and would only be refused. */
const LITTER = /^(\.|thumbs\.db$|desktop\.ini$|autorun\.inf$|dicomdir$|__macosx$)/i

export const isLitter = (path: string): boolean => path.split('/').some((part) => LITTER.test(part))

export function fromInput(list: FileList): Chosen[] {
  return [...list]
    .map((file) => ({ file, path: file.webkitRelativePath || file.name }))
    .filter(({ path }) => !isLitter(path))
}

/** Entries must be taken inside the drop event; reading them may take longer. */
export async function fromDrop(data: DataTransfer): Promise<Dropped> {
  const entries = [...data.items]
    .filter((item) => item.kind === 'file')
    .map((item) => item.webkitGetAsEntry?.() ?? null)
  const found: Dropped = { chosen: [], unread: [] }
  if (entries.some((entry) => entry === null)) found.chosen = fromInput(data.files)
  else
    await flatten(
      entries.filter((entry) => entry !== null),
      found,
    )
  return found
}

async function flatten(entries: readonly FileSystemEntry[], found: Dropped): Promise<void> {
  for (const entry of entries) {
    if (isLitter(entry.name)) continue
    const path = entry.fullPath.replace(/^\//, '')
    try {
      if (entry.isFile) {
        found.chosen.push({ file: await fileOf(entry as FileSystemFileEntry), path })
      } else if (entry.isDirectory) {
        await flatten(await entriesOf(entry as FileSystemDirectoryEntry), found)
      }
    } catch {
      found.unread.push(path)
    }
  }
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
