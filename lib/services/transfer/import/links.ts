import { ALT_MAX, type UploadView } from '@/lib/schemas/uploads'
import { addressesIn, type Place } from '@/lib/services/transfer/convert'
import { escapeDestination, replaceAddresses } from '@/lib/services/transfer/convert/replace'
import type { Addresses } from '@/lib/services/transfer/import/addresses'
import { type OwnLinks, ownLinks } from '@/lib/services/transfer/import/own-links'
import type { Taken } from '@/lib/services/transfer/import/pictures'
import type { Item, Picture, Source } from '@/lib/services/transfer/sources/types'

type Linked = Pick<Item, 'content' | 'status' | 'publishAt' | 'remarks'> & { cover: UploadView | null }
type Around = {
  source: Source
  take: (picture: Picture) => Promise<Taken>
  addresses: Addresses
  /** The address of the site, where somebody has said it. */
  site: string | null
}

/**
 * Makes uploads of the pictures that a post shows, and leads its text to them and to the posts that it links to. What
 * lies elsewhere is not fetched: its address stays, and is told of. What would be public with pictures that nobody can
 * see becomes a draft.
 */
export async function linkItem(item: Item, { source, take, addresses, site }: Around): Promise<Linked> {
  const { content, cover, place } = item
  const remarks: string[] = []
  const own = ownLinks(item, source, addresses, site)
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

  const isThere = (address: string) => source.findPicture(address, place) !== null
  const pictures = await readPictures(places ?? [], own, lookUp, isThere)
  const links = readLinks(places ?? [], own)
  remarks.push(...pictures.remarks, ...links.remarks)
  const linked = replaceAddresses(content, places ?? [], (address) => {
    const there = pictures.leadsTo.get(address) ?? links.leadsTo.get(address) ?? address
    return there === address ? null : there
  })
  const atTop = cover && !coverUpload ? cover : null
  if (atTop) remarks.push('Its cover is not in the file. It stands at the beginning of the text.')
  const shown = atTop
    ? `![${escapeWords(atTop.alt)}](${escapeDestination(own.onSite(atTop.address) ?? atTop.address)})`
    : ''
  const isBroken =
    pictures.areLost || (atTop !== null && own.isLost(atTop.address) && !isThere(atTop.address))
  return {
    content: [shown, linked].filter(Boolean).join('\n\n'),
    cover: coverUpload,
    ...(isBroken ? withdrawn(item, remarks) : { status: item.status, publishAt: item.publishAt }),
    remarks,
  }
}

/** Where each address of a text leads from now on, and what there is to say of it. */
type Read = { leadsTo: ReadonlyMap<string, string>; remarks: string[] }

async function readPictures(
  places: readonly Place[],
  own: OwnLinks,
  lookUp: (address: string) => Promise<UploadView | null>,
  isThere: (address: string) => boolean,
): Promise<Read & { areLost: boolean }> {
  const leadsTo = new Map<string, string>()
  const missing: string[] = []
  let remote = 0
  for (const address of addressesOf(places, 'picture')) {
    const upload = await lookUp(address)
    const there = own.onSite(address) ?? address
    if (upload) {
      // The width that a picture is shown in is part of its address.
      leadsTo.set(address, upload.url + (/\?w=\d+$/.exec(address)?.[0] ?? ''))
    } else if (/^(https?:)?\/\//i.test(there)) {
      leadsTo.set(address, there)
      remote++
    } else if (!address.startsWith('data:') && !isThere(address)) missing.push(address)
  }
  const stay = remote === 1 ? 'One picture stays where it is' : `${remote} pictures stay where they are`
  return {
    leadsTo,
    areLost: missing.some(own.isLost),
    remarks: [
      ...(remote > 0 ? [`${stay}, at an address elsewhere: nothing is fetched from there.`] : []),
      ...(missing.length > 0 ? [`Not in the file: ${missing.join(', ')}. The links stay as they are.`] : []),
    ],
  }
}

function readLinks(places: readonly Place[], own: OwnLinks): Read {
  const leadsTo = new Map<string, string>()
  const lost: string[] = []
  for (const address of addressesOf(places, 'link')) {
    const there = own.toPost(address) ?? own.onSite(address)
    if (there !== null) leadsTo.set(address, there)
    else if (own.isLost(address)) lost.push(address)
  }
  const what = `Links to other places of the old site lead nowhere, since its address is not known: ${lost.join(', ')}.`
  return { leadsTo, remarks: lost.length > 0 ? [what] : [] }
}

function addressesOf(places: readonly Place[], use: Place['use']): Set<string> {
  return new Set(places.filter((place) => place.use === use).map(({ address }) => address))
}

function withdrawn({ status, publishAt }: Item, remarks: string[]): Pick<Item, 'status' | 'publishAt'> {
  if (status === 'published' || publishAt !== null)
    remarks.push(
      'It is a draft, since nobody could see those pictures: the address of the old site is not known.',
    )
  return { status: 'draft', publishAt: null }
}

function escapeWords(text: string): string {
  return text.replace(/[[\]\\]/g, '\\$&')
}
