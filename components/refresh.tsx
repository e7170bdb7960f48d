/**
 * Reloads the page every few seconds where there is no JavaScript to do it more gently. Rendered only
 * while something is under way: the page that no longer includes it stays as it is.
 */
export function Refresh({ seconds = 2 }: { seconds?: number }) {
  return (
    <noscript>
      <meta httpEquiv="refresh" content={String(seconds)} />
    </noscript>
  )
}
