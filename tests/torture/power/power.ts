// npm run torture -- power [--seed N] [--rounds N]
import { missing, thisHost } from './needed.ts'

export async function run(_args: readonly string[]): Promise<number> {
  const lack = missing(thisHost())
  console.error(lack ?? 'torture power: the rounds are not written yet.')
  return 1
}
