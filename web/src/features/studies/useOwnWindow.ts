/** The images in a window of their own, in step with the room's page that opened it. */
import { useEffect, useMemo, useRef, useState } from 'react'
import { changeLanguage, language } from '../../i18n'
import { Remote } from '../../viewer/remote'
import type { KeyImage } from '../../viewer/types'
import { Handed } from './handed'
import { type FromRoom, type FromWindow, lineOf, type Together } from './ownWindow'
import type { Sharing } from './sharing'

export type OwnWindow = {
  /** Null while no room's page answers; then the window is used alone. */
  sharing: Sharing | null
  onKeyImage: ((image: KeyImage) => Promise<void>) | undefined
}

export function useOwnWindow(consultation: string, on: boolean): OwnWindow {
  const [together, setTogether] = useState<Together | null>(null)
  const remote = useMemo(() => new Remote(), [])
  const say = useRef<(message: FromWindow) => void>(() => undefined)
  const [handed] = useState(() => new Handed())
  useEffect(() => () => remote.dispose(), [remote])

  useEffect(() => {
    if (!on) return
    const line = lineOf(consultation)
    say.current = (message) => line.postMessage(message)
    let presenter: string | null = null
    line.onmessage = ({ data }: MessageEvent<FromRoom>) => {
      if (data.t === 'view') remote.view(data.d)
      else if (data.t === 'pointer') remote.pointer(data.d)
      else if (data.t === 'marks') remote.marks(data.d)
      else if (data.t === 'unmark') remote.gone(data.d)
      else if (data.t === 'kept') handed.answered(data.id, data.ok)
      else if (data.t === 'gone') {
        setTogether(null)
        if (data.ended) window.close()
      } else {
        const now = data.d.presenter?.id ?? null
        if (now !== presenter) remote.view(null)
        presenter = now
        if (data.d.language !== language()) changeLanguage(data.d.language)
        setTogether(data.d)
      }
    }
    say.current({ t: 'hello' })
    return () => {
      say.current = () => undefined
      line.close()
    }
  }, [consultation, on, remote, handed])

  return useMemo<OwnWindow>(() => {
    if (!together) return { sharing: null, onKeyImage: undefined }
    const { asked, keyImages, presenter, canPresent, names } = together
    const sharing: Sharing = {
      presenter,
      canPresent,
      names,
      remote,
      starts: asked === 'window',
      take: () => say.current({ t: 'take' }),
      release: () => say.current({ t: 'release' }),
      onView: (view) => {
        remote.view(null)
        say.current({ t: 'view', d: view })
      },
      onPointer: (place) => say.current({ t: 'pointer', d: place }),
      onMarks: (drawn) => {
        remote.own(drawn)
        say.current({ t: 'marks', d: drawn })
      },
    }
    const ask = (image: KeyImage) =>
      handed.over((id) => say.current({ t: 'keyImage', id, d: image }))
    return { sharing, onKeyImage: keyImages ? ask : undefined }
  }, [together, remote, handed])
}
