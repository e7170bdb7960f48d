import { expect, test } from '@playwright/test'
import { HOME } from '@/e2e/fixtures/env'
import { isKnownAction } from '@/lib/http/rescued-forms/known-actions'

test('a list of actions that could not be read is read again at the next form', async () => {
  const form = new FormData()
  form.set('$ACTION_ID_0000', '')
  const [here, mode] = [process.cwd(), process.env.NODE_ENV]
  Object.assign(process.env, { NODE_ENV: 'production' })
  try {
    process.chdir(HOME)
    await expect(isKnownAction(form)).rejects.toThrow('ENOENT')
    process.chdir(here)
    expect(await isKnownAction(form)).toBe(false)
  } finally {
    process.chdir(here)
    Object.assign(process.env, { NODE_ENV: mode ?? 'test' })
  }
})
