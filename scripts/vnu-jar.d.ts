declare module 'vnu-jar' {
  /** Where the jar lies, as an object that turns into text. */
  const place: object
  export default place
}
