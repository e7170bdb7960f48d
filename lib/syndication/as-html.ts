/**
 * Plain text for those who read it as HTML. Only what would begin a tag or a character reference is written otherwise, so
 * that most texts are also right for those who take them as they are.
 */
export function asHtml(text: string): string {
  return text.replace(/&(?=[#a-z]|$)/gi, '&amp;').replace(/<(?=[a-z/!?]|$)/gi, '&lt;')
}
