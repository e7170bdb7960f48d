const UNITS = ['KB', 'MB', 'GB']

/** A size as people read it, by 1024s and never rounded up: `512 bytes`, `1.4 MB`, `10 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return bytes === 1 ? '1 byte' : `${bytes} bytes`
  const power = Math.min(UNITS.length, Math.floor(Math.log2(bytes) / 10))
  const amount = bytes / 1024 ** power
  const shown = amount < 10 ? Math.floor(amount * 10) / 10 : Math.floor(amount)
  return `${shown} ${UNITS[power - 1]}`
}

/** Why a file is refused that is over the limit, in the same words wherever that is found out. */
export function fileTooLarge(maxBytes: number): string {
  return `A file may have at most ${formatBytes(maxBytes)}. This one is larger.`
}
