/** Where the file of an upload lies in the storage. */
export function originalKey(id: string): string {
  return `${id}/original`
}

/** Where the upload lies that was made narrower: beside the original, so that they go together. */
export function narrowKey(id: string, width: number): string {
  return `${id}/w${width}`
}
