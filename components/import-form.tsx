'use client'

import { type SubmitEvent, useContext, useId, useState } from 'react'
import type { FormState } from '@/lib/http/form-state'
import { Field } from './ui/field'
import { FileField } from './ui/file-field'
import { AccountContext, FormContext } from './ui/form-context'
import { FormRefusal } from './ui/form-messages'
import { refuseOversized } from './ui/oversized'
import { SubmitButton } from './ui/submit'

type ImportFormProps = { action: string; maxBytes: number; initial: FormState }

/**
 * Sends a file to a route, not to an action: actions take files as large as uploads. With or without JavaScript the
 * browser sends it and follows the answer; a file that is too large is told before it travels.
 */
export function ImportForm({ action, maxBytes, initial }: ImportFormProps) {
  const [state, setState] = useState(initial)
  const [fresh, setFresh] = useState(false)
  const id = useId()
  const account = useContext(AccountContext)

  function submit(event: SubmitEvent<HTMLFormElement>) {
    const refused = refuseOversized(event.currentTarget, state)
    if (!refused) return
    event.preventDefault()
    setState(refused)
    setFresh(true)
  }

  return (
    <FormContext value={{ id, state }}>
      <form
        id={id}
        method="post"
        encType="multipart/form-data"
        action={action}
        onSubmit={submit}
        noValidate
        className="flex max-w-measure flex-col gap-5"
      >
        {state.status === 'error' && <FormRefusal state={state} fresh={fresh} />}
        {account && <input type="hidden" name="account" value={account} />}
        {/* Before the file: these are known then, whatever becomes of it. */}
        <Field
          name="site"
          label="Address of the old site"
          hint="Links and pictures that are not in the file then lead there. Ghost’s JSON alone does not say it: without it, posts with pictures become drafts."
          placeholder="https://example.com"
          inputMode="url"
          autoComplete="url"
        />
        <FileField
          name="file"
          label="File"
          hint="Ghost: the JSON export. WordPress: the XML export. Markdown: a .md file, or a zip of a folder. Pictures that lie in the same zip come along."
          accept=".zip,.json,.xml,.wxr,.md,.markdown"
          maxBytes={maxBytes}
        />
        <SubmitButton className="self-start">Import</SubmitButton>
      </form>
    </FormContext>
  )
}
