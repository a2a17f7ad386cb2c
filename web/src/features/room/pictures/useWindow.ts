/** Connects the room's page to the images' own window: relays the others' views to it and its views to the others. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../../paths'
import type { Drawn, Remote } from '../../../viewer/remote'
import type { KeyImage, ViewState } from '../../../viewer/types'
import { type FromRoom, type FromWindow, lineOf, type Together } from '../../studies/ownWindow'
import type { Sharing } from '../../studies/sharing'

type Keep = ((image: KeyImage) => Promise<void>) | undefined

/** Carries out here what was done in the other window. */
function heard(
  data: FromWindow,
  { sharing, onKeyImage }: { sharing: Sharing; onKeyImage: Keep },
  mirror: { view: (view: ViewState) => void; marks: (drawn: Drawn) => void },
  say: (message: FromRoom) => void,
): void {
  if (data.t === 'take') sharing.take()
  else if (data.t === 'release') sharing.release()
  else if (data.t === 'pointer') sharing.onPointer(data.d)
  else if (data.t === 'view') {
    sharing.onView(data.d)
    mirror.view(data.d)
  } else if (data.t === 'marks') {
    sharing.onMarks(data.d)
    mirror.marks(data.d)
  } else if (data.t === 'keyImage') {
    const { id } = data
    const done = (ok: boolean) => say({ t: 'kept', id, ok })
    void (onKeyImage?.(data.d) ?? Promise.reject()).then(
      () => done(true),
      () => done(false),
    )
  }
}

/** Shows on this page what one does in the other window; `busy` while it does. */
function mirrorOn(remote: Remote, seen: (view: ViewState) => void) {
  let busy = false
  const here = (show: () => void) => {
    busy = true
    show()
    busy = false
  }
  return {
    busy: () => busy,
    view: (d: ViewState) => {
      seen(d)
      here(() => remote.view(d))
    },
    marks: (d: Drawn) => here(() => remote.marks({ ...d, author: null })),
  }
}

/** The others' to the other window, and what was done here; nothing goes back to the window it came from. */
const relayed = (remote: Remote, busy: () => boolean, say: (message: FromRoom) => void) =>
  remote.listen({
    view: (d) => busy() || say({ t: 'view', d }),
    pointer: (d) => say({ t: 'pointer', d }),
    marks: (d) => busy() || say({ t: 'marks', d }),
    gone: (d) => say({ t: 'unmark', d }),
  })

/** What the other window needs to know of the room. */
function useTogether(sharing: Sharing, asked: Together['asked'], keyImages: boolean): Together {
  const { presenter, canPresent, names } = sharing
  const spoken = useTranslation().i18n.language === 'en' ? 'en' : 'zh-CN'
  return useMemo<Together>(
    () => ({ presenter, canPresent, names, asked, keyImages, language: spoken }),
    [presenter, canPresent, names, asked, keyImages, spoken],
  )
}

const popUp = (consultation: string): Window | null =>
  window.open(
    paths.images(consultation, 'room'),
    `images-${consultation}`,
    'popup,width=1200,height=900',
  )

export function useWindow(
  consultation: string,
  sharing: Sharing,
  onKeyImage: Keep,
): { sharing: Sharing; open: () => void } {
  const [asked, setAsked] = useState<Together['asked']>('page')
  const say = useRef<(message: FromRoom) => void>(() => undefined)
  const opened = useRef<Window | null>(null)
  /** The last view that this person showed, in either window. */
  const mine = useRef<ViewState | null>(null)
  const { remote } = sharing
  const together = useTogether(sharing, asked, onKeyImage !== undefined)
  const latest = useRef({ sharing, onKeyImage, together })
  useEffect(() => {
    latest.current = { sharing, onKeyImage, together }
  })

  useEffect(() => {
    const line = lineOf(consultation)
    say.current = (message) => line.postMessage(message)
    let relay: () => void = () => undefined
    const hello = () => {
      say.current({ t: 'together', d: latest.current.together })
      if (latest.current.sharing.presenter?.me && mine.current)
        say.current({ t: 'view', d: mine.current })
      relay()
      relay = relayed(remote, mirror.busy, (message) => say.current(message))
    }
    const mirror = mirrorOn(remote, (d) => {
      mine.current = d
    })
    line.onmessage = ({ data }: MessageEvent<FromWindow>) => {
      if (data.t === 'hello') hello()
      else if (data.t === 'take') setAsked('window')
      heard(data, latest.current, mirror, (message) => say.current(message))
    }
    hello() // the window may be older than this page, if that was reloaded
    const away = () => say.current({ t: 'gone', ended: false })
    window.addEventListener('pagehide', away)
    return () => {
      window.removeEventListener('pagehide', away)
      say.current({ t: 'gone', ended: true })
      opened.current?.close()
      relay()
      say.current = () => undefined
      line.close()
    }
  }, [consultation, remote])
  useEffect(() => say.current({ t: 'together', d: together }), [together])

  const open = useCallback(() => {
    opened.current = popUp(consultation)
  }, [consultation])
  const shared = useMemo<Sharing>(
    () => ({
      ...sharing,
      starts: asked === 'page',
      take: () => {
        setAsked('page')
        sharing.take()
      },
      onView: (view) => {
        mine.current = view
        remote.view(null)
        say.current({ t: 'view', d: view })
        sharing.onView(view)
      },
      onMarks: (drawn) => {
        say.current({ t: 'marks', d: { ...drawn, author: null } })
        sharing.onMarks(drawn)
      },
    }),
    [sharing, asked, remote],
  )
  return { sharing: shared, open }
}
