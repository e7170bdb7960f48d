/** Where the file of an upload lies in the storage. */
export function originalKey(id: string): string {
  return `${id}/original`
}

/** Where a copy lies that was made for a width, and perhaps in another format: beside the original, so that they go together. */
export function copyKey(id: string, width: number, format: string | null): string {
  return `${id}/w${width}${format ? `-${format}` : ''}`
}

/** Where the copy lies that other sites show. */
export function sharedKey(id: string): string {
  return `${id}/shared.jpg`
}
