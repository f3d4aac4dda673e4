// Under which addresses the devices of the home reach this machine.
import { networkInterfaces } from 'node:os'

/** IPv4 addresses of the home's network. Empty where the system does not tell, as in a strict sandbox. */
export function lanAddresses(): string[] {
  try {
    return Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal)
      .map(({ address }) => address)
  } catch {
    return []
  }
}
