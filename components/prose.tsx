/** Rendered Markdown. The HTML must have been sanitised where it was made: nothing is checked here. */
export function Prose({ html, className = '' }: { html: string; className?: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: showing the HTML that our own sanitiser passed is what this is for
  return <div className={`prose ${className}`} dangerouslySetInnerHTML={{ __html: html }} />
}
