const TRAILER = 0x3b
const EXTENSION = 0x21
const IMAGE = 0x2c

/**
 * Whether a GIF goes on to its own end. The decoder is content with the frames that have arrived, so that an animation
 * cut between two of them would pass for a shorter one. GIF89a specification, sections 15 to 27.
 */
export function isCompleteGif(bytes: Uint8Array): boolean {
  // The header has 6 bytes, the logical screen descriptor 7; its flags say how long the colour table after it is.
  let at = 13 + colourTable(bytes[10])
  while (at < bytes.length) {
    const block = bytes[at]
    if (block === TRAILER) return true
    if (block === EXTENSION) at = afterSubBlocks(bytes, at + 2)
    else if (block === IMAGE) at = afterSubBlocks(bytes, at + 10 + colourTable(bytes[at + 9]) + 1)
    else return false
  }
  return false
}

/** In bytes: 3 for each colour, a power of 2 of them, if the flags say that there is a table. */
function colourTable(flags = 0): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0
}

/** Each sub-block begins with its length; one of length 0 ends them. */
function afterSubBlocks(bytes: Uint8Array, from: number): number {
  let at = from
  for (let length = bytes[at]; length; length = bytes[at]) at += length + 1
  return at + 1
}
