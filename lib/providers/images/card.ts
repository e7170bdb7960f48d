import path from 'node:path'
import sharp from 'sharp'

/** What a card says. */
export type CardText = { title: string; author: string }

/** In pixels, as Open Graph has it. */
export const CARD = { width: 1200, height: 630 }

const MARGIN = 80
const TITLE_HEIGHT = 340
/** Of the title, in pixels: the largest at which it fits. */
const SIZES = [84, 66, 52, 42, 34]
/** Shipped with the product. What it has no letters for is drawn in what the system has, or as boxes. */
const FONT = path.resolve('node_modules/@expo-google-fonts/noto-serif/400Regular/NotoSerif_400Regular.ttf')

/** Draws what is shown where others link to a post: its title and its author, on the paper of the house. @returns a PNG. */
export async function drawCard({ title, author }: CardText): Promise<Buffer> {
  const [site, drawnTitle, drawnAuthor] = await Promise.all([
    draw('Inkwell', 36, INK.accent),
    drawTitle(title),
    draw(author, 30, INK.soft),
  ])
  const left = MARGIN
  return sharp({ create: { ...CARD, channels: 3, background: INK.paper } })
    .composite([
      { ...site, left, top: 56 },
      { ...drawnTitle, left, top: 142 },
      { ...rule(), left, top: 520 },
      { ...rule(), left, top: 525 },
      { ...drawnAuthor, left, top: 548 },
    ])
    .png({ palette: true })
    .toBuffer()
}

/** The day of the house, as app/globals.css has it. */
const INK = { paper: '#f6f1e6', ink: '#211c15', soft: '#61584a', accent: '#14495a', edge: '#8a7f6c' }

type Drawn = { input: Buffer; raw: { width: number; height: number; channels: 4 } }

async function drawTitle(title: string): Promise<Drawn> {
  for (const size of SIZES) {
    const drawn = await draw(title, size, INK.ink)
    if (drawn.raw.height <= TITLE_HEIGHT) return drawn
  }
  return draw(title, Math.min(...SIZES), INK.ink, TITLE_HEIGHT)
}

/** Pango breaks the lines, in the direction that the text is read in. What is higher than it may be is cut. */
async function draw(text: string, size: number, colour: string, maxHeight = 4_000): Promise<Drawn> {
  const drawing = sharp({
    text: {
      text: `<span foreground="${colour}">${asMarkup(text)}</span>`,
      font: `Noto Serif ${size}`,
      fontfile: FONT,
      // One point is one pixel.
      dpi: 72,
      width: CARD.width - 2 * MARGIN,
      wrap: 'word-char',
      rgba: true,
    },
  })
  const { data, info } = await drawing.raw().toBuffer({ resolveWithObject: true })
  const height = Math.min(info.height, maxHeight)
  const rows = data.subarray(0, info.width * height * 4)
  return { input: rows, raw: { width: info.width, height, channels: 4 } }
}

function rule() {
  return {
    input: {
      create: { width: CARD.width - 2 * MARGIN, height: 2, channels: 3 as const, background: INK.edge },
    },
  }
}

/** Pango reads markup, of which a text has none, and which can’t hold every character; it refuses to draw nothing. */
function asMarkup(text: string): string {
  const visible = /[\p{L}\p{N}\p{P}\p{S}]/u.test(text) ? text : '…'
  return (
    visible
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to leave out
      .replace(/[\u0000-\u001f\u007f-\u009f\ufffe\uffff]/g, ' ')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .trim()
  )
}
