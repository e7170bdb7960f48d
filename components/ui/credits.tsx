/** An amount of credits in words; tabular, so that columns of them stand in line. */
export function Credits({ amount }: { amount: number }) {
  return <span className="whitespace-nowrap tabular-nums">{formatCredits(amount)}</span>
}

/** Digits as they are, ungrouped: the number that the API gives is the number that the page shows. */
export function formatCredits(amount: number) {
  return amount === 1 ? '1 credit' : `${amount} credits`
}
