import { expect, test } from '@playwright/test'
import { withoutScripts } from '@/lib/http/without-scripts'

const rows: [html: string, bare: string][] = [
  ['<p>a</p><script>b</script><p>c</p>', '<p>a</p><p>c</p>'],
  ['<SCRIPT src="/a.js" async=""></SCRIPT >b', 'b'],
  ['<script>a = "<p>b</p>"</script>c', 'c'],
  ['<script>self.x.push("<!--<script>a</script>")</script>b', 'b'],
  [
    '<link rel="preload" as="script" href="/a.js"/><link rel="icon" href="/b"/>',
    '<link rel="icon" href="/b"/>',
  ],
  [
    '<script type="application/ld+json">{"a":"\\u003cb"}</script>',
    '<script type="application/ld+json">{"a":"\\u003cb"}</script>',
  ],
  // What a writer typed is not taken for a script, nor for the end of one.
  ['<img alt="<script>"><p>a</p><img alt="</script>">', '<img alt="<script>"><p>a</p><img alt="</script>">'],
  ['<title><script>a</script></title>', '<title><script>a</script></title>'],
  ['<textarea><script>a</script></textarea>', '<textarea><script>a</script></textarea>'],
  ['a<!-- <script>b</script> -->c<!---->', 'ac'],
  ['<!DOCTYPE html><pre>\n\n&lt;script> &#x3C;</pre>', '<!DOCTYPE html><pre>\n\n&lt;script> &#x3C;</pre>'],
  ['a<script>never ended', 'a'],
  ['', ''],
]

for (const [html, bare] of rows) {
  test(`leaves ${JSON.stringify(bare)} of ${JSON.stringify(html)}`, async () =>
    expect(await withoutScripts(html)).toBe(bare))
}
