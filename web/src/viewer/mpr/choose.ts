/** Chooses what paints a volume; Cornerstone3D is loaded only where it can paint. */
import { cpuPainter } from './cpu'
import type { Hosts, Painter } from './painter'
import type { Volume } from './volume'

/**
 * `take` gets the painter. Without WebGL 2, where its textures are too small for the volume or Cornerstone3D fails, it
 * is the processor; and again when the graphics processor loses what it holds, because its pictures would stand still.
 */
export async function painterFor(
  volume: Volume,
  hosts: Hosts,
  take: (painter: Painter) => void,
): Promise<void> {
  const plain = () => take(cpuPainter(volume, hosts))
  if (!graphicsFor(volume)) return plain()
  try {
    const { gpuPainter } = await import('./gpu')
    take(await gpuPainter(volume, hosts, plain))
  } catch {
    plain()
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
