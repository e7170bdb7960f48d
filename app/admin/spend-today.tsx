import { formatCredits } from '@/components/ui/credits'
import { Meter } from '@/components/ui/meter'
import type { Absorbed, Spend } from '@/lib/services/operators/state'
import { Facts } from './facts'

/** What has been spent against what may be, and what nobody could be charged for. */
export function SpendToday({ spend, absorbed }: { spend: Spend; absorbed: Absorbed[] }) {
  const { spent, cap, warned, visitors, running } = spend
  return (
    <div className="grid gap-8">
      <div className="max-w-measure">
        <p className="mb-2">
          {cap === null ? `${formatCredits(spent)} spent` : `${spent} of ${formatCredits(cap)} spent`}
          {cap !== null && cap > 0 && `, ${Math.floor((spent * 100) / cap)} %`}
          {warned > 0 && <strong className="text-warn">, warned at {warned} %</strong>}
        </p>
        {cap !== null && cap > 0 && <Meter label="Spend today" value={spent} max={cap} />}
        {cap === null && (
          <p className="text-sm text-soft">
            There is no cap. <code>SPEND_CAP_CREDITS_PER_DAY</code> sets one for everybody together.
          </p>
        )}
      </div>
      <div className="max-w-measure">
        <p className="mb-2">
          {visitors.budget === null
            ? `${visitors.used} tries by visitors, who have no budget`
            : `${visitors.used} of ${visitors.budget} tries used by visitors`}
        </p>
        {visitors.budget !== null && visitors.budget > 0 && (
          <Meter label="Tries of visitors today" value={visitors.used} max={visitors.budget} />
        )}
      </div>
      <Facts
        facts={[
          ['Running now', `${count(running.count, 'generation')}, ${formatCredits(running.held)} held`],
          ...(['above_hold', 'late'] as const).map((reason) => {
            const { times, credits } = absorbed.find((one) => one.reason === reason) ?? NOTHING
            return [absorbedNames[reason], `${formatCredits(credits)}, ${count(times, 'time')}`] as const
          }),
        ]}
      />
    </div>
  )
}

const NOTHING = { times: 0, credits: 0 }

const absorbedNames = {
  above_hold: 'Absorbed in 30 days: above what was held',
  late: 'Absorbed in 30 days: settled too late',
}

function count(amount: number, what: string): string {
  return `${amount} ${what}${amount === 1 ? '' : 's'}`
}
