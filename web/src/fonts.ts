/** Our typefaces, in slices that a page fetches as it needs their characters. */
import '@fontsource-variable/noto-sans-sc'
import '@fontsource-variable/source-sans-3'
