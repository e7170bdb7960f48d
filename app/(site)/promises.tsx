/** What we stand by. Every one of them is tested; none needs an asterisk. */
export function Promises() {
  return (
    <section aria-labelledby="promises" className="mt-16 sm:mt-24">
      <h2 id="promises" className="rule-double pb-4 text-2xl sm:text-3xl">
        What you can rely on
      </h2>
      <dl className="mt-8 grid gap-x-16 gap-y-9 md:grid-cols-2">
        {promises.map(({ title, text }) => (
          <div key={title} className="max-w-measure">
            <dt className="font-serif text-lg font-semibold">{title}</dt>
            <dd className="mt-1.5 text-soft">{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

const promises = [
  {
    title: 'The price is on the button',
    text: 'And it is a ceiling. Stop early and you pay for what was delivered; if nothing came, you pay nothing.',
  },
  {
    title: 'Your balance never goes below zero',
    text: 'Credits are set aside before the work begins, in one database transaction. There is no gap to spend them twice in.',
  },
  {
    title: 'A double click is one charge',
    text: 'So is a reload, a resubmitted form or a retry by another program: all of them reach the same text.',
  },
  {
    title: 'Close the tab, and it goes on',
    text: 'The answer outlives the connection. Come back and it is there, or still arriving. Stop is a button of its own.',
  },
  {
    title: 'A refused form comes back filled',
    text: 'A field that is wrong, or somebody who saved meanwhile: what you typed is still there. Every save is a version you can go back to.',
  },
  {
    title: 'Every credit has a reason',
    text: 'When, for what, before and after. Export the ledger, and see it add up on the page itself.',
  },
  {
    title: 'It works without JavaScript',
    text: 'All of it, from signing up to publishing. A script makes it smoother and is never a condition.',
  },
  {
    title: 'One app and one database, yours',
    text: 'Run it on your own server with the model provider you choose. It starts with nothing to configure.',
  },
]
