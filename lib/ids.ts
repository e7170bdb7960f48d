import { v7, validate } from 'uuid'

/** A new id: UUID version 7 (RFC 9562), so that rows sort by when they were made. */
export function newId(): string {
  return v7()
}

/** Whether an id from outside can be one of ours; anything else would make PostgreSQL err, not find nothing. */
export function isId(value: string): boolean {
  return validate(value)
}
