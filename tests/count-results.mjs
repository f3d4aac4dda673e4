// The last line of a CI run, from the test runner's report: "N passed, N failed". A step that failed outside of a test
// counts as one failure, so that the line cannot say that all is well when it is not.
import { existsSync, readFileSync } from 'node:fs'

const [file, stepsFailed] = process.argv.slice(2)
const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8') || '{}') : {}
const passed = report.numPassedTests ?? 0
const failed = (report.numFailedTests ?? 0) || Number(stepsFailed !== '0' || passed === 0)
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
