import { expect, test } from '@playwright/test'
import { uploadFilename } from '@/lib/services/uploads/filename'

const rows: [sent: string, kept: string][] = [
  ['harbour.png', 'harbour.png'],
  ['harbour.JPEG', 'harbour.png'],
  ['harbour', 'harbour.png'],
  ['My photo (1).jpg', 'My photo (1).png'],
  ['archive.tar.gz', 'archive.tar.png'],
  ['v1.2 of it.webp', 'v1.2 of it.png'],
  ['page.html', 'page.png'],
  ['page.php.jpg', 'page.php.png'],
  // Decomposed, as macOS sends it.
  ['a\u030angstro\u0308m.png', 'ångström.png'],
  ['灯台.png', '灯台.png'],
  ['👩‍👩‍👧.png', '👩‍👩‍👧.png'],
  ['می‌خواهم.png', 'می‌خواهم.png'],
  ['../../etc/passwd', 'passwd.png'],
  ['C:\\fakepath\\cat.jpg', 'cat.png'],
  ['"><img src=x onerror=alert(1)>.png', 'img src=x onerror=alert(1).png'],
  ['It’s %22mine%22%0D%0A.png', 'It’s mine.png'],
  ['gnp.\u202egnp.exe', 'gnp.gnp.png'],
  ['a\0b\u007fc\ud800d\ufeff.png', 'abcd.png'],
  ['a\n\tb   c.png', 'ab c.png'],
  ['.htaccess', 'htaccess.png'],
  ['.env', 'picture.png'],
  ['...', 'picture.png'],
  [' name . ', 'name.png'],
  ['', 'picture.png'],
  ['.png', 'picture.png'],
  ['???', 'picture.png'],
]

for (const [sent, kept] of rows) {
  test(`keeps ${JSON.stringify(sent)} as ${kept}`, () => expect(uploadFilename(sent, 'png')).toBe(kept))
}

test('shortens a name between characters, and to what file systems and headers take', () => {
  for (const one of ['a', 'ä', '灯', '👩‍👩‍👧', 'e\u0301\u0323']) {
    const name = uploadFilename(one.repeat(300), 'jpg')
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(160)
    expect(Buffer.byteLength(name)).toBeGreaterThan(120)
    expect(one.normalize('NFC').repeat(300).startsWith(name.replace('.jpg', ''))).toBe(true)
    expect(name.replace('.jpg', '').length % one.normalize('NFC').length).toBe(0)
  }
})

test('a name that is kept is kept again as it is', () => {
  for (const [, kept] of rows) expect(uploadFilename(kept, 'png')).toBe(kept)
})
