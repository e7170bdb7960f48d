const MIB = 1024 * 1024

/** The largest file that may be sent for importing; an operator's command takes any (docs/transfer.md). */
export const IMPORT_MAX_BYTES = 100 * MIB

/** What a zip may come to when unpacked. Beyond that it is taken for a bomb, whoever sends it. */
export const ZIP_LIMITS = {
  entries: 50_000,
  /** For all entries together. */
  bytes: 4096 * MIB,
  /** How many times its own size; texts are packed by up to 20. Small files are not asked. */
  ratio: 100,
  ratioFrom: 10 * MIB,
}

/** A file that is read into memory as a whole: JSON of Ghost, the one list of a site's posts. */
export const JSON_MAX_BYTES = 100 * MIB

/** One Markdown file. A post may have 200,000 characters; what is far from that is not even read. */
export const MARKDOWN_MAX_BYTES = 2 * MIB

/** The text of one element of XML, such as a post's content, in characters. */
export const XML_TEXT_MAX = 4 * MIB
