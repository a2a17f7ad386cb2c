/** On every page with the top bar, below what else stands there; what it takes is loaded beside the page. */
import { lazy, type ReactNode, Suspense } from 'react'
import { Aside } from '../../kit/Aside'

const Left = lazy(() => import('./Left'))

export function LeftHere({ children }: { children: ReactNode }) {
  return (
    <>
      {children}
      <Aside fallback={null}>
        <Suspense fallback={null}>
          <Left />
        </Suspense>
      </Aside>
    </>
  )
}
