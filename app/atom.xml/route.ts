import { feed } from '@/lib/http/feed'

export const { GET, HEAD } = feed('atom')
