import { Prose } from '@/components/prose'
import { renderMarkdown } from '@/lib/markdown'
import type { GuideText } from './guide'
import { Samples } from './samples'

/** A section of the guide: its text, and the programs that show it. */
export async function GuideSection({ section }: { section: GuideText }) {
  const { id, title, markdown, programs, after } = section
  return (
    <section aria-labelledby={id} className="mt-12">
      <h2 id={id} className="mb-3 text-2xl">
        {title}
      </h2>
      <Prose html={await renderMarkdown(markdown)} />
      {programs && <Samples of={title} programs={programs} />}
      {after && <Prose html={await renderMarkdown(after)} className="mt-5" />}
    </section>
  )
}
