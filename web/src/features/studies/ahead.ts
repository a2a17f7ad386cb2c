/** What the images page reads first, asked for while the page itself is still on its way. */
import { queryClient, sessionQuery } from '../../api/queries'
import { consultationQuery } from '../../consultation/queries'
import { readAhead } from '../../viewer/source'
import { studiesOf } from './ofConsultation'
import { seriesQuery } from './queries'
import { rootsOf } from './roots'

/** Nothing for strangers, and nothing of a consultation that is not on the screen already. */
export function imagesAhead(consultation: string): void {
  const session = queryClient.getQueryData(sessionQuery().queryKey)
  const known = queryClient.getQueryData(consultationQuery(consultation).queryKey)
  if (!session?.actor || !known) return
  const [first] = studiesOf(known.studies, rootsOf(session), () => '')
  if (!first) return
  const series = queryClient
    .fetchQuery(seriesQuery(first, true))
    .then((all) => all.find((one) => one.hasPixels)?.uid ?? null)
  readAhead(first, series)
}
