import { expect, it } from 'vitest'
import { Remote, type RemoteMarks } from './remote'

const of = (author: string | null, image: string, payload: unknown): RemoteMarks => ({
  author,
  image,
  sent: { hospital: 'h', study: '1', payload },
})

it('whoever begins to listen late gets what stands on every image, and not how it came to', () => {
  const remote = new Remote()
  remote.marks(of('x', 'a', 1))
  remote.marks(of('x', 'a', 2))
  remote.marks(of('y', 'a', 3))
  remote.own({ image: 'b', sent: { hospital: 'h', study: '1', payload: 4 } })
  remote.marks(of('z', 'a', 5))
  remote.gone('z')
  const heard: unknown[] = []
  remote.listen({ marks: ({ author, sent }) => heard.push([author, sent.payload]) })
  expect(heard).toEqual([
    ['x', 2],
    ['y', 3],
    [null, 4],
  ])
  remote.dispose()
})

it('when the room begins anew everybody’s go, but one’s own', () => {
  const remote = new Remote()
  remote.own({ image: 'b', sent: { hospital: 'h', study: '1', payload: 4 } })
  remote.marks(of('x', 'a', 1))
  remote.gone(null)
  const heard: unknown[] = []
  remote.listen({ marks: ({ author }) => heard.push(author) })
  expect(heard).toEqual([null])
  remote.dispose()
})

it('one page cannot fill the memory of the others', () => {
  const remote = new Remote()
  for (let n = 0; n < 6000; n++) remote.marks(of('x', `${n}`, n))
  let heard = 0
  remote.listen({ marks: () => heard++ })
  expect(heard).toBe(5000)
  remote.dispose()
})
