import { LANGUAGES, type Language } from '@/lib/openapi/samples'

/** Chooses the language of every example on the page: radio buttons and CSS (`reference.css`), no script. */
export function LanguageSwitch() {
  return (
    <fieldset
      className="sticky top-0 z-10 -mx-4 border-b border-line bg-paper px-4 py-2 sm:mx-0 sm:px-0"
      data-screen
    >
      <legend className="sr-only">Language of the examples</legend>
      <div className="flex items-center gap-1">
        <span aria-hidden="true" className="mr-2 text-sm text-soft">
          Examples in
        </span>
        {(Object.entries(LANGUAGES) as [Language, string][]).map(([language, name], index) => (
          <label
            key={language}
            className="relative inline-flex min-h-11 items-center rounded-control px-2.5 text-sm text-soft has-checked:font-medium has-checked:text-accent has-checked:underline has-checked:decoration-2 has-checked:underline-offset-8 has-focus-visible:outline-2 has-focus-visible:outline-accent hover:text-ink sm:px-3.5"
          >
            <input
              type="radio"
              name="language"
              id={`language-${language}`}
              value={language}
              defaultChecked={index === 0}
              className="absolute inset-0 m-0 opacity-0"
            />
            {name}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
