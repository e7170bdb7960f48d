import { defaultSchema, type Options } from 'rehype-sanitize'

/**
 * What may be in a rendered text: what GitHub lets through, the colours of highlighted code, and formulas, of MathML Core
 * only what draws: nothing that leads anywhere, nor what HTML could stand in (`annotation-xml`, `mglyph`).
 */
export const SAFE_HTML: Options = {
  ...defaultSchema,
  // The ids of footnotes and headings have a prefix from where they are linked to. A second one would leave the links with
  // nowhere to go.
  clobberPrefix: '',
  tagNames: [
    ...(defaultSchema.tagNames ?? []),
    ...'math merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt'.split(
      ' ',
    ),
    ...'mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none'.split(' '),
  ],
  attributes: {
    ...defaultSchema.attributes,
    span: [['className', /^hljs-/, /^(class|function|inherited|title)_$/]],
    math: ['display'],
    mo: 'accent fence form largeop lspace maxsize minsize movablelimits rspace separator stretchy symmetric'.split(
      ' ',
    ),
    mover: ['accent'],
    munder: ['accentunder'],
    munderover: ['accent', 'accentunder'],
    mfrac: ['linethickness'],
    mi: ['mathvariant'],
    mpadded: ['depth', 'height', 'lspace', 'voffset', 'width'],
    mspace: ['depth', 'height', 'width'],
    mstyle: ['displaystyle', 'scriptlevel'],
    mtable: ['columnalign', 'columnlines', 'columnspacing', 'displaystyle', 'rowlines', 'rowspacing'],
    mtd: ['columnalign', 'columnspan', 'rowspan'],
  },
}
