import type { z } from 'zod'

/**
 * Text of at most so many characters, counted as people and JSON Schema (`maxLength`) count them: by code points. Zod
 * counts UTF-16 units, of which an emoji has two.
 */
export function atMost<Schema extends z.ZodString>(max: number, schema: Schema) {
  const fits = (text: string) => text.length <= max || Array.from(text).length <= max
  return schema.refine(fits, `At most ${max} characters.`).meta({ maxLength: max })
}
