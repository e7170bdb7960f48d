import { expect, test } from '@playwright/test'
import { formatBytes } from '@/lib/bytes'

const rows: [bytes: number, words: string][] = [
  [0, '0 bytes'],
  [1, '1 byte'],
  [1023, '1023 bytes'],
  [1024, '1 KB'],
  [1535, '1.4 KB'],
  [1536, '1.5 KB'],
  [10_240, '10 KB'],
  [1_048_575, '1023 KB'],
  [1_048_576, '1 MB'],
  [10_485_760, '10 MB'],
  [11_534_336, '11 MB'],
  [1_073_741_824, '1 GB'],
  [5e12, '4656 GB'],
]

for (const [bytes, words] of rows) {
  test(`${bytes} bytes are ${words}`, () => expect(formatBytes(bytes)).toBe(words))
}
