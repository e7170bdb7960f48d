import { ALT_MAX, type UploadView } from '@/lib/schemas/uploads'
import { addressesIn } from '@/lib/services/transfer/convert'
import { escapeDestination, replaceAddresses } from '@/lib/services/transfer/convert/replace'
import type { Taken } from '@/lib/services/transfer/import/pictures'
import type { Item, Picture, Source } from '@/lib/services/transfer/sources/types'

type Linked = { content: string; cover: UploadView | null; remarks: string[] }

/**
 * Makes uploads of the pictures that a post shows, and leads its text to them. What lies elsewhere is not fetched: its
 * address stays, and is told of.
 */
export async function linkPictures(
  { content, cover, place }: Item,
  source: Source,
  take: (picture: Picture) => Promise<Taken>,
): Promise<Linked> {
  const remarks: string[] = []
  const missing = new Set<string>()
  const found = new Map<string, UploadView | null>()
  let remote = 0

  const lookUp = async (address: string, alt = ''): Promise<UploadView | null> => {
    const picture = source.findPicture(address, place)
    const shows = alt || picture?.alt || ''
    const taken = picture && (await take({ ...picture, alt: shows }))
    if (taken && Array.from(shows.trim()).length > ALT_MAX)
      remarks.push(`What the picture ${address} shows was cut to ${ALT_MAX} characters. It was: ${shows}`)
    if (taken && 'refused' in taken) remarks.push(`The picture ${address} was not taken: ${taken.refused}`)
    return taken && 'upload' in taken ? taken.upload : null
  }
  const coverUpload = cover && (await lookUp(cover.address, cover.alt))
  const places = await addressesIn(content)
  if (places === null)
    remarks.push('Its text takes too long to be read: the pictures in it were left as they are.')
  const wanted = new Set((places ?? []).filter(({ use }) => use === 'picture').map(({ address }) => address))
  for (const address of wanted) {
    const isRemote = /^(https?:)?\/\//i.test(address)
    const upload = await lookUp(address)
    found.set(address, upload)
    if (upload) continue
    if (isRemote) remote++
    else if (!address.startsWith('data:') && source.findPicture(address, place) === null) missing.add(address)
  }
  if (remote > 0) {
    const count = remote === 1 ? 'One picture stays where it is' : `${remote} pictures stay where they are`
    remarks.push(`${count}, at an address elsewhere: nothing is fetched from there.`)
  }
  if (missing.size > 0)
    remarks.push(`Not in the file: ${[...missing].join(', ')}. The links stay as they are.`)
  const linked = replaceAddresses(content, places ?? [], (address) => {
    const upload = found.get(address)
    // The width that a picture is shown in is part of its address.
    return upload ? upload.url + (/\?w=\d+$/.exec(address)?.[0] ?? '') : null
  })
  if (cover && !coverUpload)
    remarks.push('Its cover is not in the file. It stands at the beginning of the text.')
  const shown =
    cover && !coverUpload ? `![${escapeWords(cover.alt)}](${escapeDestination(cover.address)})` : ''
  return { content: [shown, linked].filter(Boolean).join('\n\n'), cover: coverUpload, remarks }
}

function escapeWords(text: string): string {
  return text.replace(/[[\]\\]/g, '\\$&')
}
