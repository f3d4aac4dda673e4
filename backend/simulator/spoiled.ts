// Rows as a fault leaves them.
import type { Faults } from './faults.ts'

type Row = Readonly<Record<string, unknown>>

export function spoiled(rows: readonly object[], faults: Faults): readonly object[] {
  if (Object.keys(faults).length === 0) return rows
  return rows.map((row, index) => {
    const spoiltRow = withoutForecast(withTariff(withRenewables({ ...row }, faults), faults), faults)
    return index === rows.length - 1 ? withUnknownWords(spoiltRow, faults) : spoiltRow
  })
}

const withRenewables = (row: Row, { renewablesPercent }: Faults): Row =>
  renewablesPercent === undefined || !('renewables' in row) ? row : { ...row, renewables: renewablesPercent }

function withTariff(row: Row, { tariffInformation: fault }: Faults): Row {
  if (!fault || !('tariffInformation' in row)) return row
  const { tariffInformation: _, ...rest } = row
  return fault === 'null' ? { ...rest, tariffInformation: null } : rest
}

function withoutForecast(row: Row, { missingRange, missingAdvancedPrice }: Faults): Row {
  const { range, advancedPrice, ...rest } = row
  return {
    ...rest,
    ...(range !== undefined && !missingRange && { range }),
    ...(advancedPrice !== undefined && !missingAdvancedPrice && { advancedPrice }),
  }
}

function withUnknownWords(row: Row, { unknownWords = {} }: Faults): Row {
  const { period, ...words } = unknownWords
  const known = Object.entries(words).filter(([field, word]) => field in row && word !== undefined)
  const tariff = row.tariffInformation
  return {
    ...row,
    ...Object.fromEntries(known),
    ...(period && typeof tariff === 'object' && { tariffInformation: { ...tariff, period } }),
  }
}
