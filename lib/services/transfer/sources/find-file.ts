import path from 'node:path'
import type { Bundle, BundleFile } from '@/lib/services/transfer/bundle'

/**
 * Finds the file that an address in a text means. Generators serve folders from other places than they lie in
 * (`/images/a.png` is `static/images/a.png`), so what is not found at its place is looked for by as much of the end of
 * its path as there is, and must be the only one there.
 */
export function fileFinder(bundle: Bundle): (address: string, place: string) => BundleFile | null {
  const byName = new Map<string, BundleFile[]>()
  for (const file of bundle.files.values()) {
    const name = path.posix.basename(file.path)
    byName.set(name, [...(byName.get(name) ?? []), file])
  }
  return (address, place) => {
    const wanted = pathOf(address)
    if (wanted === null) return null
    const beside = path.posix.join(path.posix.dirname(place), wanted)
    const exact = wanted.startsWith('/') ? null : bundle.files.get(beside)
    if (exact) return exact
    const end = `/${wanted.replace(/^(\.{0,2}\/)+/, '')}`
    const ending = (byName.get(path.posix.basename(wanted)) ?? []).filter((file) =>
      `/${file.path}`.endsWith(end),
    )
    return ending.length === 1 ? (ending[0] ?? null) : null
  }
}

/** The path that an address names, without its query; null for one with a scheme or host, or that can't be decoded. */
function pathOf(address: string): string | null {
  if (/^([a-z][a-z\d+.-]*:|\/\/)/i.test(address)) return null
  try {
    return decodeURIComponent(address.replace(/[?#].*$/s, '')) || null
  } catch {
    return null
  }
}
