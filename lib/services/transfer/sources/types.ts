import type { BundleFile } from '@/lib/services/transfer/bundle'
import type { ManifestProject } from '@/lib/services/transfer/manifest'

/** A post as it comes from somewhere else, whatever it was there: what every source is read to. */
export type Item = {
  /** What it is known by at its source, the same at each import. */
  sourceId: string
  /** The file of the bundle that it stands in: what its text leads to is relative to that. */
  place: string
  title: string
  /** Markdown. Addresses in it are those of the source. */
  content: string
  excerpt: string
  /** Null where its source has none. */
  slug: string | null
  formerSlugs: string[]
  /** The site that addresses in its text belong to which begin with a slash; null where those are files beside it. */
  site: Site | null
  /** Whether Inkwell wrote it, and it is to come back to the letter. */
  exact: boolean
  status: 'draft' | 'published'
  trashed: boolean
  /** Null where its source doesn't say. */
  createdAt: Date | null
  updatedAt: Date | null
  publishedAt: Date | null
  /** When a draft is to be published by itself. */
  publishAt: Date | null
  tags: string[]
  cover: { address: string; alt: string } | null
  /** What was not taken over as it was, in words for its owner. */
  remarks: string[]
}

/** A site that something comes from. Its address has no slash at its end, and is null where the source doesn't say. */
export type Site = { address: string | null }

/** A post of a source, as far as links to it need it. */
export type LinkTarget = {
  sourceId: string
  /** What its address here is made of: the one that it had, or its title. */
  name: string
  /** What links to it are known by (`linkKey`), beside its id: its address first, and then its former ones. */
  keys: string[]
}

/** What can't be imported, and why. */
export type Refused = { sourceId: string; title: string; refused: string }

/** A picture in the bundle. */
export type Picture = {
  file: BundleFile
  /** What it shows; empty where its source doesn't say. */
  alt: string
  filename: string
  createdAt: Date | null
  /** Of the upload that it was exported from. */
  uploadId: string | null
}

/** Something that posts can be imported from. */
export type Source = {
  /** In the order in which they are to be made. @throws AppError `invalid` where the rest can't be read. */
  items(): AsyncIterable<Item | Refused>
  /** The picture in the bundle that an address means which stands in this file of it; null if it is not there. */
  findPicture(address: string, place: string): Picture | null
  /** Every post that is in it, before any is read. */
  targets(): AsyncIterable<LinkTarget> | Iterable<LinkTarget>
  /** What a link is known by that leads to this path of a site, with its query; null if to no post. */
  linkKey(path: string, site: Site): string | null
  /** Pictures that come along whether a post shows them or not. */
  pictures: Iterable<Picture>
  /** Projects that come along, whatever was generated in them. */
  projects: readonly ManifestProject[]
  /** What concerns all of it, in words for its owner. May grow while the items are read. */
  remarks: string[]
}
