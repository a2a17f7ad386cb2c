/** Makes the SVG elements that lie over the image. */
const SVG = 'http://www.w3.org/2000/svg'

export function shape(
  name: string,
  attributes: Record<string, string | number>,
  text = '',
): SVGElement {
  const element = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value))
  if (text) element.textContent = text
  return element
}

/** The layer for them; what it says is said elsewhere too. */
export function layer(): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('class', 'vw-marks')
  svg.setAttribute('aria-hidden', 'true')
  return svg
}
