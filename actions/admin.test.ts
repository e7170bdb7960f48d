import { expect, test } from '@playwright/test'
import { operatorGrant, policyForm, tierChange } from '@/lib/schemas/admin'

const ID = '01900000-0000-7000-8000-000000000000'
const gift = { userId: ID, attempt: ID, credits: '5', reason: 'A prize' }

const amounts: { typed: string; read: number | null }[] = [
  { typed: '1', read: 1 },
  { typed: ' 50 ', read: 50 },
  { typed: '007', read: 7 },
  { typed: '1000000', read: 1_000_000 },
  ...['', '0', '-5', '2.5', '1e3', '0x10', '1,000', '1000001', 'ten', 'NaN', '٣', '99999999999999999999'].map(
    (typed) => ({ typed, read: null }),
  ),
]
for (const { typed, read } of amounts) {
  test(`${JSON.stringify(typed)} credits are ${read ?? 'no amount'}`, () => {
    const parsed = operatorGrant.safeParse({ ...gift, credits: typed })
    expect(parsed.data?.credits ?? null).toBe(read)
    if (read === null) expect(parsed.error?.issues[0]?.path).toEqual(['credits'])
  })
}

test('an account is never anonymous', () => {
  const tiers = ['free', 'pro', 'unlimited', 'anonymous', '']
  expect(tiers.map((tier) => tierChange.safeParse({ userId: ID, tier }).success)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ])
})

test('a tier’s form says what it has, and nothing of what it has not', () => {
  const form = { tier: 'anonymous', seen: '{}', hold_titles: '2', limit_titles: '-1' }
  const titles = [{ tool: 'titles', hold: 2, dailyLimit: -1 }]
  expect(policyForm.parse({ ...form, dailyBudget: '' })).toMatchObject({ dailyBudget: null, tools: titles })
  expect(policyForm.parse({ ...form, dailyBudget: '0' })).toMatchObject({ dailyBudget: 0 })
  expect(policyForm.parse(form).dailyBudget).toBeUndefined()
  expect(policyForm.parse(form).monthlyAllowance).toBeUndefined()
  expect(policyForm.safeParse({ ...form, limit_titles: '-2', hold_titles: '0' }).error?.issues).toHaveLength(
    2,
  )
})
