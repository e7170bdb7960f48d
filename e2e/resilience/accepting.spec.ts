import { mkdtempSync } from 'node:fs'
import path from 'node:path'
import { startCuttingProxy } from '../fixtures/cutting-proxy'
import { BASIC, HOME, MODEL, SPARE_PORT } from '../fixtures/env'
import type { GenerationBody } from '../fixtures/generations'
import { ask } from '../fixtures/product'
import { expect, test } from '../fixtures/resilience'
import { booksOf, createStranger } from '../fixtures/stranger'

const port = SPARE_PORT + 56

async function createDatabase(name: string): Promise<{ dataDir: string; database: string }> {
  const database = `${name}_${Date.now()}`
  await ask(BASIC.dataDir, `CREATE DATABASE ${database}`)
  return { dataDir: BASIC.dataDir, database }
}

const settings = () => ({
  DATA_DIR: mkdtempSync(path.join(HOME, 'accepting-')),
  AI_BASE_URL: `${MODEL.url}/v1`,
})

for (const headers of [{}, { 'Idempotency-Key': 'one' }] as Record<string, string>[]) {
  const how = headers['Idempotency-Key'] ? 'with' : 'without'
  test(`what was accepted as the connection broke is run, ${how} a key of the caller’s`, async ({
    startProduct,
  }) => {
    const where = await createDatabase('broken')
    const proxy = await startCuttingProxy(BASIC.dataDir, 'INSERT INTO generations', 1)
    const url = `postgresql://inkwell@127.0.0.1:${proxy.port}/${where.database}`
    const product = await startProduct(port, { ...settings(), DATABASE_URL: url })
    const { userId, api } = await createStranger(where, product.url)

    const answer = await api('/api/generate', { method: 'POST', json: { prompt: 'A lighthouse' }, headers })
    expect(proxy.cuts()).toBe(1)
    expect(answer.status).toBe(200)
    expect((await answer.json()) as GenerationBody).toMatchObject({
      status: 'succeeded',
      credits: { held: 4, charged: 1, balance: 19 },
    })
    expect(await ask(where, 'SELECT status FROM generations')).toEqual([{ status: 'succeeded' }])
    expect(await booksOf(where, userId)).toEqual({ credits: 19, ledger: 19 })

    product.kill('SIGTERM')
    expect(await product.exited).toBe(0)
    await proxy.close()
  })
}

test('a stop in the very instant of accepting is heard', async ({ startProduct }) => {
  const where = await createDatabase('stopped')
  const socket = encodeURIComponent(path.join(BASIC.dataDir, 'run'))
  const product = await startProduct(port + 1, {
    ...settings(),
    DATABASE_URL: `postgresql://inkwell@localhost/${where.database}?host=${socket}`,
    // No heartbeat will bring it to light within this test.
    GENERATION_LEASE_MS: '600000',
  })
  const { userId, api } = await createStranger(where, product.url)
  await ask(
    where,
    `CREATE FUNCTION stop_at_once() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_notify('inkwell', 'stop:' || NEW.id); RETURN NULL; END $$;
    CREATE TRIGGER stop_at_once AFTER INSERT ON generations FOR EACH ROW EXECUTE FUNCTION stop_at_once()`,
  )
  const answer = await api('/api/generate', {
    method: 'POST',
    json: { prompt: 'A lighthouse [[fail:hang]]' },
  })
  expect((await answer.json()) as GenerationBody).toMatchObject({
    status: 'stopped',
    credits: { held: 4, charged: 0, balance: 20 },
  })
  expect(await booksOf(where, userId)).toEqual({ credits: 20, ledger: 20 })
  product.kill('SIGTERM')
  expect(await product.exited).toBe(0)
})
