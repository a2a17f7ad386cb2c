/** Paints the planes of a volume with Cornerstone3D on the graphics processor. It sees only numbers of ours: no files. */
import {
  cache,
  Enums,
  eventTarget,
  init,
  RenderingEngine,
  type Types,
  volumeLoader,
} from '@cornerstonejs/core'
import type { VoiFunction } from '../dicom/look'
import type { Vec3, Voi } from '../types'
import { add, cross, times } from '../view/vectors'
import { worldOf } from './grid'
import type { Hosts, Painter, Projection, Shown } from './painter'
import { DIRECTIONS, vectorOf } from './planes'
import type { Volume } from './volume'

const BLEND: Record<Projection, Enums.BlendModes> = {
  max: Enums.BlendModes.MAXIMUM_INTENSITY_BLEND,
  min: Enums.BlendModes.MINIMUM_INTENSITY_BLEND,
  mean: Enums.BlendModes.AVERAGE_INTENSITY_BLEND,
}

/** How far away the camera stands; in parallel projection only its direction counts. */
const FAR_MM = 1000

let last = 0

const point = (v: Vec3): Types.Point3 => [v[0], v[1], v[2]]

/** `onLost`: the graphics processor has forgotten the volume. */
export async function gpuPainter(
  volume: Volume,
  hosts: Hosts,
  onLost: () => void,
): Promise<Painter> {
  // One WebGL context for the three planes, so that the volume is in graphics memory once.
  init({
    debug: { statsOverlay: false },
    rendering: { renderingEngineMode: Enums.RenderingEngineModeEnum.Tiled },
  })
  const id = `mpr-${++last}`
  const engine = new RenderingEngine(id)
  const own = within(hosts)
  const dispose = () => {
    eventTarget.removeEventListener(Enums.Events.WEBGL_CONTEXT_LOST, onLost)
    engine.destroy()
    cache.purgeCache()
    for (const direction of DIRECTIONS) own[direction].remove()
  }
  try {
    const viewports = await filled(engine, id, volume, own)
    eventTarget.addEventListener(Enums.Events.WEBGL_CONTEXT_LOST, onLost)
    return {
      kind: 'gpu',
      resize: () => engine.resize(true, true),
      paint: (shown) => {
        const viewport = viewports.get(shown.plane.direction)
        if (viewport) paint(volume, viewport, shown)
      },
      dispose,
    }
  } catch (error) {
    dispose()
    throw error
  }
}

/** Elements of its own, because Cornerstone3D neither leaves alone nor takes away what is in those it was given. */
function within(hosts: Hosts): Hosts {
  const own = (direction: (typeof DIRECTIONS)[number]) => {
    const element = document.createElement('div')
    element.style.width = element.style.height = '100%'
    hosts[direction].append(element)
    return element
  }
  return { axial: own('axial'), coronal: own('coronal'), sagittal: own('sagittal') }
}

async function filled(engine: RenderingEngine, id: string, volume: Volume, hosts: Hosts) {
  cache.setMaxCacheSize(2 * volume.values.byteLength + 1024 * 1024)
  const local = localVolume(id, volume)
  engine.setViewports(
    DIRECTIONS.map((direction) => ({
      viewportId: direction,
      type: Enums.ViewportType.ORTHOGRAPHIC,
      element: hosts[direction] as HTMLDivElement,
      defaultOptions: { background: [0, 0, 0] as Types.Point3 },
    })),
  )
  const viewports = new Map(
    DIRECTIONS.map((one) => [one, engine.getViewport(one) as Types.IVolumeViewport] as const),
  )
  await Promise.all([...viewports.values()].map((one) => one.setVolumes([{ volumeId: id }])))
  // Without this the first plane would be painted before the values are in graphics memory.
  local.modified()
  return viewports
}

/** The volume under the name `id`, as Cornerstone3D keeps one: a picture for each slice over the same values. */
function localVolume(id: string, volume: Volume): Types.IImageVolume {
  const { size, spacing, origin, axes, values, frames } = volume
  const bits = 8 * values.BYTES_PER_ELEMENT
  const { instance } = frames[0] as Volume['frames'][number]
  return volumeLoader.createLocalVolume(id, {
    dimensions: point(size),
    spacing: point(spacing),
    origin: point(origin),
    direction: axes.flat() as Types.Mat3,
    scalarData: values,
    metadata: {
      Modality: instance.modality,
      FrameOfReferenceUID: instance.frameOfReference ?? '',
      PhotometricInterpretation: 'MONOCHROME2',
      SamplesPerPixel: 1,
      BitsAllocated: bits,
      BitsStored: bits,
      HighBit: bits - 1,
      PixelRepresentation: 1,
      Rows: size[1],
      Columns: size[0],
      ImageOrientationPatient: [...axes[0], ...axes[1]],
      PixelSpacing: [spacing[1], spacing[0]],
      // Each painting sets its own window.
      voiLut: [{ windowCenter: 0, windowWidth: 1 }],
      VOILUTFunction: 'LINEAR',
    },
  })
}

function paint(volume: Volume, viewport: Types.IVolumeViewport, shown: Shown): void {
  const { plane, fit, cursor, half, projection, voi, voiFunction } = shown
  const { clientWidth, clientHeight } = viewport.element
  const right = vectorOf(volume, plane.right)
  const up = times(vectorOf(volume, plane.down), -1)
  const normal = cross(right, up)
  const focus = worldOf(volume, fit.toVoxel([clientWidth / 2, clientHeight / 2], cursor))
  viewport.setBlendMode(BLEND[projection])
  // Cornerstone3D cuts this far on both sides of the plane.
  viewport.setSlabThickness(half * volume.spacing[plane.normal])
  viewport.setCamera({
    parallelProjection: true,
    focalPoint: point(focus),
    position: point(add(focus, times(normal, FAR_MM))),
    viewPlaneNormal: point(normal),
    viewUp: point(up),
    parallelScale: clientHeight / 2 / fit.scale,
  })
  viewport.setProperties({ voiRange: rangeOf(voi, voiFunction) })
  viewport.render()
}

/** From black to white, as `greyOf` draws it (PS3.3 C.11.2.1.2.1, C.11.2.1.3). */
function rangeOf({ center, width }: Voi, kind: VoiFunction): { lower: number; upper: number } {
  const [middle, span] = kind === 'LINEAR' ? [center - 0.5, width - 1] : [center, width]
  const half = Math.max(span, 1e-3) / 2
  return { lower: middle - half, upper: middle + half }
}
