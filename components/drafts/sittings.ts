/** Tells other pages of this browser, until it is released, that the sitting goes on. */
export function holdSitting(sitting: string): () => void {
  const { promise, resolve } = Promise.withResolvers<void>()
  // Not there without https, nor in some browsers: see liveSittings.
  navigator.locks?.request(`inkwell:${sitting}`, () => promise).catch(() => {})
  return resolve
}

/**
 * Those that go on in other tabs. Where the browser can't tell, none: what they have typed is then kept twice at the
 * same place, which changes nothing.
 */
export async function liveSittings(): Promise<Set<string>> {
  const held = (await navigator.locks?.query())?.held ?? []
  return new Set(held.flatMap(({ name }) => name?.replace('inkwell:', '') ?? []))
}
