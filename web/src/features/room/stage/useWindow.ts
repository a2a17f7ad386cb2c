/** The room's end of the images in their own window: it relays what the others show, and what is done there. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../../paths'
import type { KeyImage, ViewState } from '../../../viewer/types'
import { type FromRoom, type FromWindow, lineOf, type Together } from '../../studies/ownWindow'
import type { Sharing } from '../../studies/sharing'

type Keep = ((image: KeyImage) => Promise<void>) | undefined

export function useWindow(
  consultation: string,
  sharing: Sharing,
  onKeyImage: Keep,
): { sharing: Sharing; open: () => void } {
  const [asked, setAsked] = useState<Together['asked']>('page')
  const say = useRef<(message: FromRoom) => void>(() => undefined)
  const opened = useRef<Window | null>(null)
  /** What this person showed last, in either window. */
  const mine = useRef<ViewState | null>(null)
  const { presenter, canPresent, names, remote } = sharing
  const spoken = useTranslation().i18n.language === 'en' ? 'en' : 'zh-CN'
  const keyImages = onKeyImage !== undefined
  const together = useMemo<Together>(
    () => ({ presenter, canPresent, names, asked, keyImages, language: spoken }),
    [presenter, canPresent, names, asked, keyImages, spoken],
  )
  const latest = useRef({ sharing, onKeyImage, together })
  useEffect(() => {
    latest.current = { sharing, onKeyImage, together }
  })

  useEffect(() => {
    const line = lineOf(consultation)
    say.current = (message) => line.postMessage(message)
    let own = false
    let relay: () => void = () => undefined
    const hello = () => {
      say.current({ t: 'together', d: latest.current.together })
      if (latest.current.sharing.presenter?.me && mine.current)
        say.current({ t: 'view', d: mine.current })
      relay()
      relay = remote.listen({
        // What came from that window need not go back to it.
        view: (d) => own || say.current({ t: 'view', d }),
        pointer: (d) => say.current({ t: 'pointer', d }),
      })
    }
    line.onmessage = ({ data }: MessageEvent<FromWindow>) => {
      const { sharing: now, onKeyImage: keep } = latest.current
      if (data.t === 'hello') hello()
      else if (data.t === 'take') {
        setAsked('window')
        now.take()
      } else if (data.t === 'release') now.release()
      else if (data.t === 'pointer') now.onPointer(data.d)
      else if (data.t === 'view') {
        mine.current = data.d
        now.onView(data.d)
        own = true
        remote.view(data.d) // this page's image follows one's own other window
        own = false
      } else {
        const { id } = data
        const done = (ok: boolean) => say.current({ t: 'kept', id, ok })
        void (keep?.(data.d) ?? Promise.reject()).then(
          () => done(true),
          () => done(false),
        )
      }
    }
    hello() // a window may be there from before this page was loaded anew
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
    const address = paths.images(consultation, 'room')
    opened.current = window.open(address, `images-${consultation}`, 'popup,width=1200,height=900')
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
    }),
    [sharing, asked, remote],
  )
  return { sharing: shared, open }
}
