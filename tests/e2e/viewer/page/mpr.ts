/** A volume on three bare planes, driven by the browser test through `window.it`. */

import { Pool } from '../../../../web/src/viewer/decode/pool'
import { loadStack, seriesOf } from '../../../../web/src/viewer/dicom/archive'
import { Loader } from '../../../../web/src/viewer/loader'
import { painterFor } from '../../../../web/src/viewer/mpr/choose'
import { gridOf } from '../../../../web/src/viewer/mpr/grid'
import type { Painter, Projection } from '../../../../web/src/viewer/mpr/painter'
import { fitOf, halfSlab, planesOf, WHOLE } from '../../../../web/src/viewer/mpr/planes'
import { readVolume, type Volume } from '../../../../web/src/viewer/mpr/volume'
import type { StudyRef, Vec3, Voi } from '../../../../web/src/viewer/types'
import type { SliceDirection } from '../../../../web/src/viewer/view/orientation'

const hosts = {
  axial: document.getElementById('axial') as HTMLElement,
  coronal: document.getElementById('coronal') as HTMLElement,
  sagittal: document.getElementById('sagittal') as HTMLElement,
}
let volume: Volume | null = null
let painter: Painter | null = null
let arrived = 0

const kind = () => painter?.kind ?? 'none'

async function open(uid: string): Promise<string> {
  const study: StudyRef = { hospital: 'wuxi', uid, dicomweb: '/dicomweb' }
  const [series] = await seriesOf(study, null)
  const stack = await loadStack(study, series?.uid ?? '', null)
  const grid = gridOf(stack.frames)
  if ('refused' in grid) return grid.refused
  const pool = new Pool()
  const loader = new Loader(pool)
  volume = await readVolume(
    grid,
    {
      pixels: (frame, signal) => loader.byAddress(study, frame, signal),
      width: pool.width,
      pause: () => Promise.resolve(),
      onProgress: (n) => {
        arrived = n
      },
    },
    new AbortController().signal,
  )
  pool.dispose()
  await painterFor(volume, hosts, (found) => {
    painter?.dispose()
    painter = found
  })
  return kind()
}

async function paint(cursor: Vec3, slab: number, projection: Projection, voi: Voi): Promise<void> {
  if (!volume || !painter) return
  const planes = planesOf(volume)
  for (const direction of ['axial', 'coronal', 'sagittal'] as const) {
    const plane = planes[direction]
    const host = hosts[direction]
    const fit = fitOf(volume, plane, WHOLE, [host.clientWidth, host.clientHeight])
    const half = halfSlab(volume, plane, slab)
    painter.paint({ plane, fit, cursor, half, projection, voi, voiFunction: 'LINEAR' })
  }
  // The graphics processor draws with the browser's next frame.
  const frame = () => new Promise(requestAnimationFrame)
  await frame()
  await frame()
}

/** The grey where a voxel lies on a plane. */
function grey(direction: SliceDirection, voxel: Vec3): number {
  if (!volume) return -1
  const host = hosts[direction]
  const fit = fitOf(volume, planesOf(volume)[direction], WHOLE, [
    host.clientWidth,
    host.clientHeight,
  ])
  const [x, y] = fit.toCanvas(voxel)
  const canvas = host.querySelector('canvas') as HTMLCanvasElement
  const ratio = canvas.width / host.clientWidth
  return canvas.getContext('2d')?.getImageData(x * ratio, y * ratio, 1, 1).data[0] ?? -1
}

declare global {
  interface Window {
    it: unknown
  }
}
window.it = { kind, open, paint, grey, arrived: () => arrived, size: () => volume?.size }
