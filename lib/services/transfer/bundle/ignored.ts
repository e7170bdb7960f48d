/** What systems and tools leave in folders beside what people write there. */
export function isIgnored(path: string): boolean {
  return path.split('/').some((part) => part.startsWith('.') || IGNORED.has(part))
}

const IGNORED = new Set(['__MACOSX', 'node_modules', 'Thumbs.db', 'desktop.ini'])
