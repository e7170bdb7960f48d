/** What the demo account has written. */
export const posts = [
  {
    title: 'On keeping a daybook',
    excerpt: 'A page a day, no more, and never the same day twice.',
    status: 'published',
    content: `The trick to keeping a daybook is to expect nothing of it. It is not a diary, which wants to be read, and it is
not a plan, which wants to be kept. It is a place to put things down.

## What goes in

- What you saw that nobody else would have noticed.
- One sentence you overheard.
- What it cost, if it cost anything.

> A notebook is a net. Most of what it catches is water.

## What stays out

Anything you would be proud of. Pride makes you write *for* somebody, and then you are no longer looking.`,
  },
  {
    title: 'Three ways to begin a story, and one to end it',
    excerpt: '',
    status: 'published',
    content: `Begin with somebody wanting something. Begin with a thing out of its place. Begin in the middle of a sentence that
was not meant for the reader.

| opening | what it promises |
| --- | --- |
| a want | that it will be got, or not |
| a thing out of place | that we will learn why |
| an overheard line | that we were lucky to be there |

To end it, stop one sentence before you think you should.`,
  },
  {
    title: 'Notes for an essay on harbours',
    excerpt: '',
    status: 'draft',
    content: `A harbour is a promise made to people who are not there yet.

- [ ] the lamp at the end of the mole
- [x] the ledger of the harbour master, 1874
- [ ] what the gulls know`,
  },
] as const
