// What a first visit loads, against the weight of one popular chart library alone, both as gzip -9 makes them.
import { join } from 'node:path'
import { firstVisitFiles, gzipped, weightOf } from '../first-visit.ts'
import type { Figure } from './figure.ts'

const CHART_LIBRARY = join(import.meta.dirname, '../../node_modules/chart.js/dist/chart.umd.min.js')

export const weight = (): Figure[] => [
  {
    what: 'the whole app on a first visit',
    anchor: 'Chart.js alone',
    unit: 'B',
    ours: weightOf(firstVisitFiles()),
    theirs: gzipped(CHART_LIBRARY),
  },
]
