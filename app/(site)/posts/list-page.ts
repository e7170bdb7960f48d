import { z } from 'zod'
import { notFound } from '@/lib/errors'
import { paging } from '@/lib/schemas/paging'

/** How many posts a page of a public list has. */
export const POSTS_A_PAGE = 10

/** The number of a page as it stands in an address. @throws AppError `not_found` for what is none. */
export function pageNumber(asked: string | undefined): number {
  const page = z.object({ page: paging('posts').page }).safeParse({ page: asked }).data?.page
  if (page === undefined) throw notFound('page')
  return page
}

/** Where a list is read that has more than one page: the first one has the address of the list itself. */
export function addressOfPage(list: string, page: number): string {
  return page === 1 ? list : `${list}/page/${page}`
}
