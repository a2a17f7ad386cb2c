/** In the row of series, where pictures have their first slice. */
export const EcgGlyph = ({ className }: { className: string | undefined }) => (
  <svg className={className} viewBox="0 0 44 44" width={44} height={44} aria-hidden>
    <path
      d="M3 24h9l3-4 3 4h2l3-16 4 27 3-11h3l4-6 4 6h3"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.5}
      strokeLinejoin="round"
    />
  </svg>
)
