// What is running: the package's version and the commit it was made from. A release beside the checkout says its commit
// in a file, for it is no checkout itself.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Version {
  readonly version: string
  /** Short hash; "unknown" outside a release and a git checkout. */
  readonly commit: string
}

export function readVersion(root: string): Version {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  return { version, commit: commitOf(root) }
}

const SHORT = 7

function commitOf(root: string): string {
  const file = join(root, 'COMMIT')
  if (existsSync(file)) return readFileSync(file, 'utf8').trim().slice(0, SHORT)
  try {
    return execFileSync('git', ['rev-parse', `--short=${SHORT}`, 'HEAD'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return 'unknown'
  }
}
