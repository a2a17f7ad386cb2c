/** The study panel as a room shows it, with the room's messages in the hands of the browser test. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import '../../../../web/src/base.css'
import StudyPanel from '../../../../web/src/features/studies/StudyPanel'
import type { Sharing } from '../../../../web/src/features/studies/sharing'
import { allWords, startI18n } from '../../../../web/src/i18n'
import { Theme } from '../../../../web/src/kit/Theme'
import { Remote } from '../../../../web/src/viewer/remote'
import type { KeyImage, Place, ViewState } from '../../../../web/src/viewer/types'

const asked = new URLSearchParams(window.location.search)
const me = asked.get('me') ?? 'follower'
const studies = (asked.get('studies') ?? '')
  .split(',')
  .filter((uid) => uid !== '')
  .map((uid, i) => ({
    hospital: 'wuxi',
    uid,
    dicomweb: '/dicomweb',
    hospitalName: '无锡分院',
    prior: i > 0,
  }))

const remote = new Remote()
const views: ViewState[] = []
const pointers: (Place | null)[] = []
const images: KeyImage[] = []
const noted = {
  remote,
  views,
  pointers,
  images,
  present: (_: Sharing['presenter']) => {},
}
declare global {
  interface Window {
    panel: typeof noted
  }
}
window.panel = noted

function Room() {
  const [presenter, setPresenter] = useState<Sharing['presenter']>(null)
  noted.present = setPresenter
  return (
    <StudyPanel
      studies={studies}
      expected={{ name: asked.get('name') ?? '', identifiers: asked.getAll('number') }}
      sharing={
        asked.has('alone')
          ? undefined
          : {
              presenter,
              canPresent: true,
              remote,
              names: new Map(),
              take: () => setPresenter({ id: me, name: me, me: true }),
              release: () => setPresenter(null),
              onView: (state) => views.push(state),
              onPointer: (place) => pointers.push(place),
              onMarks: () => undefined,
            }
      }
      hanging={asked.has('hanging') ? { rows: 1, columns: 1 } : undefined}
      onKeyImage={async (image) => {
        images.push(image)
      }}
    />
  )
}

await startI18n()
await allWords()
createRoot(document.getElementById('root') as HTMLElement).render(
  <QueryClientProvider client={new QueryClient()}>
    <Theme>
      <Room />
    </Theme>
  </QueryClientProvider>,
)
