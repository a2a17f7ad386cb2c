/** Whether the window is too narrow for things side by side: a phone, or a small window. */
import { useFits } from '../../../kit/useFits'

/** Three columns would leave the image less than the two beside it. */
export const useNarrow = (): boolean => useFits('(max-width: 899px)')
