/** The picture on the sign-in page: a branch, the hub, and a line between them. It is whole in every window; hills and
 *  water go on to both sides, for a window that is wider than high. */
import { useTranslation } from 'react-i18next'
import css from './signin.module.css'

export function Scene() {
  const { t } = useTranslation()
  return (
    <svg
      className={css.picture}
      viewBox="0 0 766 420"
      preserveAspectRatio="xMidYMax meet"
      aria-hidden="true"
    >
      <path d="M-1500 420V250H0Q120 210 260 240T540 226T766 244H2266V420z" fill="#cfe3ea" />
      <path d="M-1500 420V300H0Q160 262 330 292T640 282T766 292H2266V420z" fill="#b9d6e0" />
      <g>
        <path d="M96 300V204h88v96z" fill="#fff" />
        <path d="M184 300v-64h44v64z" fill="#f3f9fb" />
        <path d="M130 186h20v18h-20z" fill="#fff" />
        <path d="M137 216h6v8h8v6h-8v8h-6v-8h-8v-6h8z" fill="#0f5f7a" />
        <g fill="#b9d6e0">
          <path d="M108 250h14v10h-14zM133 250h14v10h-14zM158 250h14v10h-14zM108 272h14v10h-14zM158 272h14v10h-14zM194 248h10v8h-10zM212 248h10v8h-10zM194 266h10v8h-10zM212 266h10v8h-10z" />
          <path d="M132 276h16v24h-16z" fill="#0f5f7a" opacity=".75" />
        </g>
      </g>
      <g>
        <path d="M520 296V132h96v164z" fill="#fff" />
        <path d="M616 296V178h64v118z" fill="#f3f9fb" />
        <path d="M468 296v-92h52v92z" fill="#f3f9fb" />
        <path d="M562 148h12v14h14v12h-14v14h-12v-14h-14v-12h14z" fill="#0f5f7a" />
        <g fill="#b9d6e0">
          <path d="M534 206h16v10h-16zM560 206h16v10h-16zM586 206h16v10h-16zM534 228h16v10h-16zM560 228h16v10h-16zM586 228h16v10h-16zM534 250h16v10h-16zM586 250h16v10h-16zM628 194h12v9h-12zM654 194h12v9h-12zM628 214h12v9h-12zM654 214h12v9h-12zM628 234h12v9h-12zM654 234h12v9h-12zM628 254h12v9h-12zM654 254h12v9h-12zM478 218h12v9h-12zM498 218h12v9h-12zM478 238h12v9h-12zM498 238h12v9h-12zM478 258h12v9h-12zM498 258h12v9h-12z" />
          <path d="M558 266h20v30h-20z" fill="#0f5f7a" opacity=".75" />
        </g>
      </g>
      <path
        d="M140 176C190 60 330 30 366 92"
        fill="none"
        stroke="#0f5f7a"
        strokeWidth="2.5"
        strokeLinecap="round"
        strokeDasharray="1 8"
      />
      <path
        d="M366 92h14l8-24 12 48 9-32 6 8h19"
        fill="none"
        stroke="#0f5f7a"
        strokeWidth="2.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <path
        d="M434 92C480 60 540 60 568 118"
        fill="none"
        stroke="#0f5f7a"
        strokeWidth="2.5"
        strokeLinecap="round"
        strokeDasharray="1 8"
      />
      <circle cx="140" cy="177" r="5" fill="#0f5f7a" />
      <circle cx="568" cy="121" r="5" fill="#0f5f7a" />
      <path
        d="M-1500 420V356H0Q40 346 80 356T160 356T240 356T320 356T400 356T480 356T560 356T640 356T720 356T800 356H2266V420z"
        fill="#a5cad7"
      />
      <path
        d="M-1500 420V388H0Q50 378 100 388T200 388T300 388T400 388T500 388T600 388T700 388T800 388H2266V420z"
        fill="#93becd"
      />
      <g fontSize="13" fill="#26424f" textAnchor="middle">
        <text x="162" y="322">
          {t('signin.branch')}
        </text>
        <text x="574" y="318">
          {t('signin.hub')}
        </text>
      </g>
    </svg>
  )
}
