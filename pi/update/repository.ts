// The checkout: updates come by git, forwards only, and never over anybody's own work.
import { exitOf, told } from './command.ts'
import { beginMove, dropLocksOfTheDead, endMove, isHalfMoved } from './cut-off.ts'
import type { Place } from './place.ts'
import { Stop } from './stop.ts'

const BRANCH = 'main'
const FETCH_MS = 5 * 60_000
const NETWORK = [
  // A line that is up and passes nothing is as good as none.
  ...['-c', 'http.lowSpeedLimit=100', '-c', 'http.lowSpeedTime=30'],
  // The household's own hooks are not part of an update.
  ...['-c', 'core.hooksPath=/dev/null'],
]

/** Stops where the checkout is not in a state in which an update may move it. */
export function checkRepository({ checkout, releases }: Place, note: (words: string) => void): void {
  const locks = dropLocksOfTheDead(checkout)
  if (locks.length > 0) note(`git was cut off here; away with what it left: ${locks.join(', ')}`)
  const branch = git(checkout, 'symbolic-ref', '--quiet', '--short', 'HEAD').text
  if (branch !== BRANCH)
    throw new Stop(
      `the checkout is on ${branch || 'no branch'}, and updates follow ${BRANCH}: git switch ${BRANCH}`,
    )
  const changes = git(checkout, 'status', '--porcelain')
  if (changes.exit !== 0) throw new Stop(`git cannot read ${checkout}: see above`)
  if (changes.text !== '' && isHalfMoved(releases)) {
    note('an update was cut off while it moved the checkout; what it left there is in "git stash list"')
    putAway(checkout)
  } else if (changes.text !== '')
    throw new Stop(`the checkout has changes of its own; put them away first:\n${firstLines(changes.text)}`)
}

/** The newest commit of the branch, of which the checkout's is an ancestor. */
export function fetchNewest(checkout: string): string {
  const fetched = git(
    checkout,
    ...NETWORK,
    'fetch',
    '--quiet',
    'origin',
    `+refs/heads/${BRANCH}:refs/remotes/origin/${BRANCH}`,
  )
  if (fetched.exit !== 0) throw new Stop('the newest version could not be fetched: is there a network?')
  const newest = git(checkout, 'rev-parse', '--verify', `refs/remotes/origin/${BRANCH}`).text
  if (git(checkout, 'merge-base', '--is-ancestor', 'HEAD', newest).exit === 0) return newest
  throw new Stop(
    `the checkout has commits that origin does not have, so it cannot move forwards to ${newest.slice(0, 7)}`,
  )
}

export function moveForwards({ checkout, releases }: Place, commit: string): boolean {
  beginMove(releases)
  const { exit } = git(checkout, ...NETWORK, 'merge', '--quiet', '--ff-only', commit)
  exitOf(['sync', '--file-system', checkout])
  endMove(releases)
  return exit === 0
}

/** It was clean when that update began, so hardly anything of it is anybody's; but should it be, it is not lost. */
function putAway(checkout: string): void {
  const who = ['-c', 'user.name=update', '-c', 'user.email=update@localhost']
  const { exit } = git(checkout, ...who, 'stash', 'push', '--quiet', '--include-untracked')
  if (exit !== 0) throw new Stop(`git cannot put away what an update left in ${checkout}: see above`)
}

function git(checkout: string, ...args: string[]) {
  // A power cut must not leave an empty file under the name of an object.
  return told(['git', '-C', checkout, '-c', 'core.fsync=all', ...args], {
    timeoutMs: FETCH_MS,
    env: {
      GIT_SSH_COMMAND: 'ssh -o ConnectTimeout=20',
      ...process.env,
      // Without somebody to answer, a question would wait for ever.
      GIT_TERMINAL_PROMPT: '0',
    },
  })
}

function firstLines(text: string): string {
  const lines = text.split('\n')
  return [...lines.slice(0, 5), ...(lines.length > 5 ? [`… and ${lines.length - 5} more`] : [])].join('\n')
}
