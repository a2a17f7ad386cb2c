import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import type { Image } from './image'
import KeyImages from './KeyImages'

const image = {
  ...{ key: 'k1', file_id: 'f1', study: '胸部 CT', body_part: '', side: null, note: '' },
  ...{ series_number: 2, image_number: 13, image_count: 24, frame: 1 },
} as unknown as Image

test('each field of a key image says what it is for', () => {
  openPage({
    ...{ path: '/', at: '/', session: session('expert'), answers: {} },
    page: () => <KeyImages images={[image]} sided onChange={() => undefined} />,
  })
  const said = screen.getAllByRole('textbox').map((each) => each.getAttribute('placeholder'))
  expect(said).toEqual(['部位', '备注'])
})
