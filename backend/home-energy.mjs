// Plain JavaScript on purpose: an old Node must be able to read this file in order to be told that it is too old.
const NEEDED = 24

const { existsSync } = await import('node:fs')
const { fileURLToPath } = await import('node:url')
const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')

await leaveItToTheAppliance(process.argv.slice(2))
if (Number(process.versions.node.split('.')[0]) < NEEDED) {
  console.error(
    `Home Energy Analysis needs Node ${NEEDED} and this is ${process.version}. "npm ci" with npm 11 or newer brings the right one along ` +
      '(npx --yes npm@11 ci); on a Mac install the version named in .node-version.',
  )
  process.exit(1)
}
if (!existsSync(`${root}/node_modules`)) {
  console.error(`Nothing is installed in ${root} yet: run "npm ci" there first.`)
  process.exit(1)
}

const { main } = await import('./main.ts')
await main(process.argv.slice(2))

/** In an appliance's checkout nothing is installed: the release that runs beside it answers there, with its own Node. */
async function leaveItToTheAppliance(args) {
  const release = `${root}-releases/current`
  if (existsSync(`${root}/node_modules`) || !existsSync(release)) return
  if (!['status', 'sync', 'backup', 'restore'].includes(args[0])) return
  const { spawnSync } = await import('node:child_process')
  const node = `${release}/node_modules/node-linux-${process.arch}/bin/node`
  const { status } = spawnSync(node, [`${release}/backend/home-energy.mjs`, ...args], { stdio: 'inherit' })
  process.exit(status ?? 1)
}
