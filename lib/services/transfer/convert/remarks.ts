/** Collects what could not be taken over as it was: the same thing several times is one remark with a count. */
export class Remarks {
  readonly #counts = new Map<string, number>()

  add(remark: string): void {
    this.#counts.set(remark, (this.#counts.get(remark) ?? 0) + 1)
  }

  list(): string[] {
    return [...this.#counts].map(([remark, count]) => (count > 1 ? `${remark} (${count} times)` : remark))
  }
}
