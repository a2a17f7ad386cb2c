/** Chooses what paints a volume; Cornerstone3D is loaded only where it can paint. */
import { cpuPainter } from './cpu'
import type { Hosts, Painter } from './painter'
import type { Volume } from './volume'

export type Take = (painter: Painter, lost: boolean) => void

/**
 * `take` gets the painter, and whether the graphics processor was lost before it. Without WebGL 2, where its textures are too small for the volume or Cornerstone3D fails, it
 * is the processor; and again when the graphics processor loses what it holds, because its pictures would stand still.
 */
export async function painterFor(volume: Volume, hosts: Hosts, take: Take): Promise<void> {
  const plain = (lost: boolean) => take(cpuPainter(volume, hosts), lost)
  if (!graphicsFor(volume)) return plain(false)
  try {
    const { gpuPainter } = await import('./gpu')
    take(await gpuPainter(volume, hosts, () => plain(true)), false)
  } catch {
    plain(false)
  }
}

function graphicsFor({ size }: Pick<Volume, 'size'>): boolean {
  const gl = document.createElement('canvas').getContext('webgl2')
  if (!gl) return false
  const largest = gl.getParameter(gl.MAX_3D_TEXTURE_SIZE) as number
  // Browsers allow only a few contexts at once: this one is given back.
  gl.getExtension('WEBGL_lose_context')?.loseContext()
  return size.every((each) => each <= largest)
}
