/** Whether the window is too narrow for things side by side: a phone, or a small window. */
import { useFits } from '../../../kit/useFits'

/** Below this width three columns would leave too little for the image. */
export const useNarrow = (): boolean => useFits('(max-width: 899px)')
