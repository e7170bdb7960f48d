/**
 * On the way back, the router shows a page as it was rendered, without what has been typed into it since: keeping a draft
 * renders nothing anew. So this tab remembers of each rendering into which draft it has been typed on.
 *
 * @param rendering what the server has named this rendering of the page.
 */
export function outdate(rendering: string, draftId: string) {
  try {
    sessionStorage.setItem(`${PREFIX}${rendering}`, draftId)
  } catch {
    // Storage may be off or full. The draft is offered when the page is loaded again.
  }
}

/** The draft that a page which has come back does not show; null for a page that has just been rendered. */
export function missingDraft(rendering: string): string | null {
  try {
    return sessionStorage.getItem(`${PREFIX}${rendering}`)
  } catch {
    return null
  }
}

const PREFIX = 'inkwell:typed:'
