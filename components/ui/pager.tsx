import Link from 'next/link'

/** Plain links to the neighbouring pages of a list, newest first. Nothing where there is only one page. */
export function Pager({ newer, older }: { newer?: string | null; older?: string | null }) {
  if (!newer && !older) return null
  return (
    <nav aria-label="Pages" className="mt-8 flex justify-between gap-4">
      {newer ? (
        <Link href={newer} rel="prev" className="text-link py-2">
          Newer
        </Link>
      ) : (
        <span />
      )}
      {older && (
        <Link href={older} rel="next" className="text-link py-2">
          Older
        </Link>
      )}
    </nav>
  )
}
