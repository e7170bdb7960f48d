import { connection } from 'next/server'
import { ButtonLink } from '@/components/ui/button'
import { GuardTyped } from '@/components/ui/guard-typed'
import { Promises } from './promises'
import { Specimen } from './specimen'
import { TryIt } from './try-it'

/** What Inkwell is, for those who have just come in. Made at each visit for the nonce of its scripts. */
export default async function HomePage() {
  await connection()
  return (
    <>
      <GuardTyped />
      <div className="grid items-center gap-x-16 gap-y-12 lg:grid-cols-[1.15fr_1fr]">
        <div>
          <h1 className="text-[clamp(2.6rem,1.6rem+4.6vw,4.75rem)] leading-[1.04] tracking-[-0.025em]">
            A writing studio that keeps its books
          </h1>
          <p className="mt-6 max-w-measure font-serif text-lg text-pretty sm:text-xl">
            Write and publish posts, and let a model of your choosing draft, rewrite, summarise and title for
            you. What that costs is known before it starts, and what was not delivered is not paid.
          </p>
          <div className="mt-8 flex flex-wrap items-center gap-x-6 gap-y-4">
            <ButtonLink href="/signup" size="lg">
              Start writing
            </ButtonLink>
            <a href="/posts" className="text-link py-2">
              See what is published here
            </a>
          </div>
        </div>
        <Specimen />
      </div>
      <TryIt />
      <Promises />
    </>
  )
}
