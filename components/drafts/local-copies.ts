import { type KeptDraft, keptDraft } from '@/lib/schemas/drafts'

/**
 * What has been typed and not reached the server yet, in this browser’s own storage: through lost connections, ended
 * sessions and crashes. Each writer of a shared browser has their own.
 */
export function localCopies(userId: string) {
  const prefix = `inkwell:draft:${userId}:`
  return {
    /** @returns whether it is there now: storage may be off or full. */
    write(draft: KeptDraft): boolean {
      try {
        localStorage.setItem(prefix + draft.sitting, JSON.stringify(draft))
        return true
      } catch {
        return false
      }
    },

    /** Unless there is a newer one by now. */
    remove(draft: KeptDraft) {
      if (read(prefix + draft.sitting) === JSON.stringify(draft)) forget(prefix + draft.sitting)
    },

    forget(sitting: string) {
      forget(prefix + sitting)
    },

    /** Those of other sittings. */
    others(sitting: string): KeptDraft[] {
      return keys()
        .filter((key) => key.startsWith(prefix) && key !== prefix + sitting)
        .flatMap((key) => parse(read(key)))
    },
  }
}

function keys(): string[] {
  try {
    return Object.keys(localStorage)
  } catch {
    return []
  }
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function forget(key: string) {
  try {
    localStorage.removeItem(key)
  } catch {
    // Where nothing can be removed, nothing was written.
  }
}

/** Of an earlier version of Inkwell it may be something else. */
function parse(json: string | null): KeptDraft[] {
  try {
    const { data } = keptDraft.safeParse(JSON.parse(json ?? ''))
    return data ? [data] : []
  } catch {
    return []
  }
}
