/** A page of the ledger, as an example: the meter is easier seen than explained. */
export function Specimen() {
  return (
    <figure className="rounded-control border border-line bg-leaf px-5 pt-5 pb-6 sm:px-7">
      <figcaption className="rule-double pb-3 font-serif text-lg font-semibold">
        One draft, as the ledger has it
      </figcaption>
      <table className="w-full tabular-nums">
        <thead>
          <tr className="text-sm text-soft">
            <th className="py-2 text-left font-semibold">Entry</th>
            <th className="py-2 text-right font-semibold">Amount</th>
            <th className="py-2 pl-5 text-right font-semibold">Balance</th>
          </tr>
        </thead>
        <tbody>
          {entries.map(({ title, note, amount, balance }) => (
            <tr key={title} className="border-t border-line align-top">
              <td className="py-3">
                {title}
                <span className="block text-sm text-soft">{note}</span>
              </td>
              <td className="py-3 text-right">{amount}</td>
              <td className="py-3 pl-5 text-right">{balance}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="border-t-2 border-edge font-medium">
            <td className="pt-3" colSpan={2}>
              Sum of the entries, and the balance
            </td>
            <td className="pt-3 pl-5 text-right">18</td>
          </tr>
        </tfoot>
      </table>
    </figure>
  )
}

const entries = [
  { title: 'Grant', note: 'A new account', amount: '+20', balance: '20' },
  { title: 'Hold', note: 'Before a word is written: the most it can cost', amount: '−4', balance: '16' },
  { title: 'Settle', note: 'Two were used, two come back', amount: '+2', balance: '18' },
]
