import { Prose } from '@/components/prose'
import { renderMarkdown } from '@/lib/markdown'

/** A text of the document, which is Markdown, in the size of what stands around it. */
export async function Text({ markdown, className = '' }: { markdown: string; className?: string }) {
  return (
    <Prose
      html={await renderMarkdown(markdown)}
      className={`font-sans text-base leading-normal ${className}`}
    />
  )
}
