/** One break-glass: at the hub what it opens while it lasts, at the branch its review. */
import { useParams } from 'react-router'
import { OpenedPage } from './Opened'
import { useSide } from './queries'
import { ReviewPage } from './Review'

export function Component() {
  const { id = '' } = useParams()
  const { reviews } = useSide()
  return reviews ? <ReviewPage id={id} /> : <OpenedPage id={id} />
}
