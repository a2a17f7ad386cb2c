/** The marks of a panel: what this person draws goes to the others of a room, and theirs are shown with their names. */
import { useEffect, useRef } from 'react'
import { imageKey, payloadOf, readMarks } from '../../viewer/tools/imageMarks'
import type { Kept } from '../../viewer/tools/kept'
import type { Sharing } from './sharing'

export function useMarks(kept: Kept, sharing: Sharing | undefined): void {
  const latest = useRef(sharing)
  useEffect(() => {
    latest.current = sharing
  })
  useEffect(
    () =>
      kept.hear((image) => {
        const { hospital, study } = image
        const sent = { hospital, study, payload: payloadOf(image) }
        latest.current?.onMarks({ image: imageKey(image), sent })
      }),
    [kept],
  )

  const remote = sharing?.remote
  useEffect(() => {
    if (!remote) return
    const gone = (author: string | null) => {
      kept.others.gone(author)
      kept.redraw()
    }
    const forget = remote.listen({
      marks: ({ author, sent }) => {
        const image = readMarks(sent)
        if (!image) return
        if (author === null) kept.adopt(image)
        else kept.others.draw(author, image)
        kept.redraw()
      },
      gone,
    })
    return () => {
      forget()
      gone(null)
    }
  }, [kept, remote])

  const names = sharing?.names
  useEffect(() => {
    kept.others.nameOf = (author) => names?.get(author) ?? ''
    kept.redraw()
  }, [kept, names])
}
