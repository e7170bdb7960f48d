import { type Subject, subjectKey } from '@/lib/services/subject'

/**
 * The text of a generation that runs in this instance, as far as it is stored. Its readers here take it from
 * memory, each at its own pace: all of them share the one copy, so a slow reader costs nothing.
 */
export class LiveText {
  /** Chunk n is the one stored under the number n + 1. */
  readonly chunks: string[] = []
  /**
   * Nothing more is coming. `in doubt`: a piece may be stored whose writer was not told so, or the row may not be
   * closed; then only the database knows the end.
   */
  ended: 'whole' | 'in doubt' | null = null
  private readonly readers = new Set<() => void>()

  /** @param owner the subject's key, see `subjectKey` */
  constructor(readonly owner: string) {}

  add(text: string): void {
    this.chunks.push(text)
    this.ring()
  }

  end(how: 'whole' | 'in doubt'): void {
    this.ended = how
    this.ring()
  }

  /** Calls `changed` at each addition and at the end, until the answer is called. */
  onChange(changed: () => void): () => void {
    this.readers.add(changed)
    return () => this.readers.delete(changed)
  }

  private ring(): void {
    for (const changed of this.readers) changed()
  }
}

/** On globalThis: a form and a route are separate module graphs, and one reads what the other runs. */
const holder = globalThis as typeof globalThis & { inkwellLiveTexts?: Map<string, LiveText> }

function all(): Map<string, LiveText> {
  holder.inkwellLiveTexts ??= new Map()
  return holder.inkwellLiveTexts
}

/** Begins the text of a generation that starts to run here. */
export function openLiveText(id: string, owner: string): LiveText {
  const text = new LiveText(owner)
  all().set(id, text)
  return text
}

/** The text of a generation, if it runs in this instance and is the subject's. */
export function findLiveText(subject: Subject, id: string): LiveText | undefined {
  const text = all().get(id)
  return text?.owner === subjectKey(subject) ? text : undefined
}

/** Lets go of the text of a generation that has run here, and tells its readers whether they have all of it. */
export function closeLiveText(id: string, how: 'whole' | 'in doubt'): void {
  all().get(id)?.end(how)
  all().delete(id)
}
