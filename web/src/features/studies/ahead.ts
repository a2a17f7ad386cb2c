/** What the images page reads first, asked for while the page itself is still on its way. */
import { queryClient, sessionQuery } from '../../api/queries'
import { consultationQuery } from '../../consultation/queries'
import { readAhead } from '../../viewer/source'
import { studiesOf } from './ofConsultation'
import { seriesQuery } from './queries'
import { rootsOf } from './roots'

/** For a page that is opened at its address: it shows the consultation anyway, so it may be read. */
export async function imagesOpened(consultation: string): Promise<void> {
  const session = await queryClient.fetchQuery(sessionQuery())
  if (!session.actor) return
  await queryClient.prefetchQuery(consultationQuery(consultation))
  imagesAhead(consultation)
}

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
