import { Notice } from '@/components/ui/notice'
import type { LeftOut } from '@/lib/services/posts'

const WORDS: Record<LeftOut, string> = {
  'cover-gone': 'Its cover has been deleted since, so the post has none now.',
  'cover-silent':
    'Its cover was left out, because nobody has said yet what it shows. Choose it again, and write that under Alt text.',
  'address-taken': 'Its address is another post’s by now, so the post keeps the one that it had.',
}

/** What of a version could not be brought back. @param asked as the address of the page tells it. */
export function LeftOutNotice({ asked }: { asked: string | string[] | undefined }) {
  const told = new Set([asked].flat())
  const left = (Object.keys(WORDS) as LeftOut[]).filter((what) => told.has(what))
  if (left.length === 0) return null
  return (
    <Notice role="status" tone="warning" title="The version is restored, but not all of it" className="mb-6">
      {left.map((what) => (
        <p key={what}>{WORDS[what]}</p>
      ))}
    </Notice>
  )
}
