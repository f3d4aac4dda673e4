// What each part of the settings is given.
import type { Address } from '../address.ts'
import type { AppState } from '../state.ts'

export interface PartProps {
  state: AppState
  address: Address
  /** "Saved on your Pi." */
  where: string
}
