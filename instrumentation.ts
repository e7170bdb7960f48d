/** Runs once, before the first request is answered. The Node part is a file of its own: this one is also built for the edge. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { start } = await import('@/lib/lifecycle')
  await start()
}
