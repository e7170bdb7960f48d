import { formatCredits } from '@/components/ui/credits'
import type { GenerationView } from '@/lib/services/generations'

/** What a generation cost, as the ledger has it. */
export function Receipt({ generation }: { generation: GenerationView }) {
  const { held, charged, balance, inputTokens, outputTokens } = generation
  const rows: [string, string][] = [
    ['Held before it started', formatCredits(held)],
    ['Charged for what was delivered', formatCredits(charged ?? 0)],
    ['Given back', formatCredits(held - (charged ?? 0))],
    ['Balance afterwards', formatCredits(balance)],
  ]
  if (outputTokens !== null) rows.push(['Tokens written', String(outputTokens)])
  if (inputTokens !== null) rows.push(['Tokens read', String(inputTokens)])
  return (
    <section
      aria-labelledby="receipt"
      className="mt-12 max-w-md xl:mt-0 rounded-control border border-line bg-leaf px-5 py-4"
    >
      <h2 id="receipt" className="rule-double pb-2 text-lg">
        Receipt
      </h2>
      <dl className="mt-2 tabular-nums">
        {rows.map(([name, value]) => (
          <div key={name} className="flex justify-between gap-6 py-1.5">
            <dt className="text-soft">{name}</dt>
            <dd className="whitespace-nowrap">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
