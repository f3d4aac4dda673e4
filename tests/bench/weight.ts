// What a first visit loads, against the weight of one popular chart library alone, both as gzip -9 makes them.
import { join } from 'node:path'
import { firstLoadFiles, gzipped, weightOf, workerFiles } from '../first-visit.ts'
import type { Figure } from './figure.ts'

const CHART_LIBRARY = join(import.meta.dirname, '../../node_modules/chart.js/dist/chart.umd.min.js')

export const weight = (): Figure[] => {
  const theirs = gzipped(CHART_LIBRARY)
  const figure = (what: string, files: readonly string[]): Figure => ({
    what,
    anchor: 'Chart.js alone',
    unit: 'B',
    ours: weightOf(files),
    theirs,
  })
  return [
    figure('what a phone loads before it draws the price', firstLoadFiles('phone')),
    figure('the same and the service worker after it', [...firstLoadFiles('phone'), ...workerFiles()]),
  ]
}
