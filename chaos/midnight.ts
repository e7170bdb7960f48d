/**
 * Midnight, as statements of one transaction: what was today becomes a day of the past that nothing else is in.
 *
 * @param days how many days have passed in this way, this one counted.
 */
export function midnight(days: number): string[] {
  const today = `(now() AT TIME ZONE 'UTC')::date`
  return ['daily_uses', 'daily_spend', 'generations'].map(
    (table) => `UPDATE ${table} SET day = ${today} - ${days} WHERE day = ${today}`,
  )
}
