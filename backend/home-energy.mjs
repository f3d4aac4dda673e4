// Plain JavaScript on purpose: an old Node must be able to read this file in order to be told that it is too old.
const NEEDED = 24

if (Number(process.versions.node.split('.')[0]) < NEEDED) {
  console.error(
    `Home Energy Analysis needs Node ${NEEDED} and this is ${process.version}. "npm ci" with npm 11 or newer brings the right one along ` +
      '(npx --yes npm@11 ci); on a Mac install the version named in .node-version.',
  )
  process.exit(1)
}

const { main } = await import('./main.ts')
await main(process.argv.slice(2))
