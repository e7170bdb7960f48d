/** On globalThis: instrumentation and the routes are separate module graphs. */
const holder = globalThis as typeof globalThis & { inkwellDraining?: boolean }

/** Whether the server has been told to stop: it finishes what it has and takes nothing new. */
export function isDraining(): boolean {
  return holder.inkwellDraining === true
}

export function startDraining(): void {
  holder.inkwellDraining = true
}
