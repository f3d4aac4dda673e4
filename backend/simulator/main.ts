// The simulator alone, for development: node backend/simulator/main.ts [--port 8088] [--seed 1]
import { parseArgs } from 'node:util'
import { createSimulator, DEMO_TOKEN } from './server.ts'

const { values } = parseArgs({ options: { port: { type: 'string' }, seed: { type: 'string' } } })
const { url } = await createSimulator({ clock: Date.now, seed: Number(values.seed ?? 1) }).listen(
  Number(values.port ?? 8088),
)
console.log(`AMBER_API_URL=${url} AMBER_TOKEN=${DEMO_TOKEN}`)
