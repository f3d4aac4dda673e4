// Each call to the system that opens, reads, writes, syncs, renames or removes one of the household's files fails once. A few
// lines of C stand before the system's own calls, so that SQLite's are met as well as ours; this needs a C compiler.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createFolder } from '../folder.ts'
import type { Row } from '../report.ts'

const NAME = 'the n-th file call fails'

export const hasCompiler = (): boolean =>
  process.platform === 'linux' && spawnSync('cc', ['--version']).status === 0

/** Every `step`-th of them. */
export async function failFileCalls(seed: number, step = 1): Promise<Row> {
  const row = { part: 'statements', name: NAME, rounds: 0, faults: 0 }
  if (!hasCompiler()) return { ...row, losses: ['not run: it needs Linux and a C compiler, cc'] }
  const folder = createFolder()
  try {
    const library = `${folder.path}/failing-calls.so`
    const control = `${folder.path}/control`
    const source = join(import.meta.dirname, 'failing-calls.c')
    const built = spawnSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl'])
    if (built.status !== 0) return { ...row, losses: [`not run: ${built.stderr}`] }
    writeFileSync(control, Buffer.alloc(12))
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'file-calls-process.ts'), `${seed}`, `${step}`],
      {
        env: { ...process.env, LD_PRELOAD: library, TORTURE_CONTROL: control },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    let said = ''
    child.stdout.on('data', (text) => {
      said += text
    })
    const [code] = await once(child, 'close')
    if (code !== 0) return { ...row, losses: [`ended with ${code}: ${said}`] }
    return { ...row, ...(JSON.parse(said) as Pick<Row, 'rounds' | 'faults' | 'losses'>) }
  } finally {
    folder.remove()
  }
}
