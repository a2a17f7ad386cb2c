import { useSession } from '../../api/session'

/** Who follows rounds only to learn takes no copies. */
export function useMayPrint(): boolean {
  const { roles } = useSession()
  return roles.some((each) => each !== 'trainee')
}
