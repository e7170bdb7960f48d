/** How many colours stand beside each other: `placeholderOf`. */
const COLUMNS = 4
const ROWS = 3

type PlaceholderProps = {
  /** As the upload has them: six hexadecimal digits each, row by row. Empty for none. */
  colours: string
}

/**
 * The blurred colours of a picture, behind it until it has come. Drawn in the page itself: no script, no style of its own
 * and no request, so that it is there at once and whatever the content security policy says. What stands around it must
 * be positioned and cut off what is too much.
 */
export function Placeholder({ colours }: PlaceholderProps) {
  const each = colours.match(/.{6}/g) ?? []
  if (each.length !== COLUMNS * ROWS) return null
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${COLUMNS} ${ROWS}`}
      preserveAspectRatio="none"
      className="absolute inset-0 size-full scale-110 blur-xl"
    >
      {PLACES.map(({ x, y }, at) => (
        <rect key={`${x} ${y}`} x={x} y={y} width="1.01" height="1.01" fill={`#${each[at]}`} />
      ))}
    </svg>
  )
}

const PLACES = Array.from({ length: COLUMNS * ROWS }, (_, at) => ({
  x: at % COLUMNS,
  y: Math.floor(at / COLUMNS),
}))
