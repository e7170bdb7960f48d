import { JSON_MAX_BYTES, JSON_MAX_DEPTH } from '@/lib/http/input'
import type { Language } from '@/lib/openapi/samples'
import { SCOPE_MEANINGS } from '@/lib/openapi/security'
import { LIMITS } from '@/lib/services/rate-limits'
import { quickStart, streaming } from './programs'

export type GuideText = {
  id: string
  title: string
  markdown: string
  programs?: Record<Language, string>
  /** What is to be said of the programs. */
  after?: string
}

const perMinute = ({ points, duration }: { points: number; duration: number }) =>
  `${points.toLocaleString('en')} calls in ${duration} seconds`

/** What has to be known of all calls, for the installation at this address. */
export function guide(address: string): GuideText[] {
  return [
    {
      id: 'quick-start',
      title: 'Quick start',
      markdown: `
Make a key under [Settings](/dashboard/settings), with the scopes \`posts:read\`, \`posts:write\`, \`generate\` and
\`usage:read\`. Put it in the place of \`ink_…\`, paste the rest into a shell, and you have written a post, listed your
posts, had a model suggest five titles, and seen what that cost.`,
      programs: quickStart(address),
      after: `
Run it again: the post and the titles are the same, and nothing is charged twice. That is what \`Idempotency-Key\` does.

The examples below read the address and the key from the environment, as the first lines for curl set them:
\`INKWELL\` and \`INKWELL_KEY\`. JavaScript is for Node.js 20 or later, as a module; Python needs 3.8 and its standard library.`,
    },
    {
      id: 'authentication',
      title: 'Authentication',
      markdown: `
Send a key as \`Authorization: Bearer ink_…\`. It acts for the account that made it, and may do what its scopes say:

| scope | allows to |
| --- | --- |
${Object.entries(SCOPE_MEANINGS)
  .map(([scope, meaning]) => `| \`${scope}\` | ${meaning.charAt(0).toLowerCase()}${meaning.slice(1)} |`)
  .join('\n')}

A key is shown once, when it is made. Revoke one that has leaked: it stops working at once. Credentials that are not good
are a 401, also where none are needed; a scope that is missing is a 403; somebody else’s post is a 404, as one that
does not exist.

The dashboard’s cookie works too, for its own pages: whatever changes something by it must come from this site.`,
    },
    {
      id: 'requests',
      title: 'Requests and answers',
      markdown: `
Bodies are JSON in UTF-8, with \`Content-Type: application/json\`, and at most ${JSON_MAX_BYTES.toLocaleString('en')} bytes. Fields
that do not exist are refused, so that a misspelt one is not lost. Times are in UTC, ids are UUIDs, \`content\` is Markdown.

\`Accept\` chooses between the types that a call can be answered in, by its weights (\`q\`); JSON is what you get without it, and
where it likes both alike. A path that answers
\`GET\` answers \`HEAD\`; every path answers \`OPTIONS\` with the methods it has in \`Allow\`.

Every answer carries \`X-Request-Id\`. Quote it to whoever runs this installation: the log has it too.`,
    },
    {
      id: 'changing',
      title: 'Changing safely',
      markdown: `
A post comes with an \`ETag\`. Send it back as \`If-Match\` when you change the post: if somebody saved in between, the answer
is 412 [precondition_failed](#precondition_failed), nothing is overwritten, and you can read it again. \`If-Match: *\` means
whichever version is there; without the header, the answer is 428. \`DELETE\` heeds it, too, but does not need it.

Sent as \`If-None-Match\` when you read, it saves the transfer: what has not changed is a 304 without a body. Lists have an
\`ETag\` as well.`,
    },
    {
      id: 'retrying',
      title: 'Trying again',
      markdown: `
Calls that make something take an \`Idempotency-Key\`: a name that you choose for the attempt, such as a UUID. If the
connection breaks, send the same call with the same key. You get what was made the first time; there is no second post and no
second charge. What was made is told as it is now: a post that was changed since comes with the \`ETag\` of today. Keys belong to your account and are kept for 24 hours. A key that comes with another body is refused as
[key_reused](#key_reused).

A generation that still runs answers a repeat with 409 [in_progress](#in_progress), and its place in \`Location\`; as a stream,
the repeat joins it. Try again after 429 and 503, when \`Retry-After\` says; and with the same key after any answer that never
came. \`PATCH\` with \`If-Match\` and \`DELETE\` are safe to repeat by themselves.`,
    },
    {
      id: 'paging',
      title: 'Paging',
      markdown: `
Lists have a \`limit\` of 1 to 100. While there is more, \`nextCursor\` is where to go on, as \`cursor=\`, and \`Link\` with
\`rel="next"\` is the whole address. A cursor names a place, not a number: pages stay right while rows come and go. It is
good for the list, the filters and the caller that it was given for; any other is a 422. Posts can also be asked for
by \`page=\`, for a list with numbers to click.`,
    },
    {
      id: 'streaming',
      title: 'Streaming',
      markdown: `
With \`Accept: text/event-stream\`, a generation is told as it is written, as server-sent events: \`start\`, then a \`delta\` for
each piece of text, then \`done\` with the whole, or \`error\` with the problem. See
[GenerationEvent](#GenerationEvent). A comment line comes at least every 15 seconds, so that proxies keep the line open.`,
      programs: streaming(),
      after: `
A stream that breaks loses nothing: the model goes on writing. Read \`GET /api/generate/{id}\` with the same \`Accept\` and with
\`Last-Event-ID\`, the \`id\` of the last event you saw, and it goes on from there, with no piece lost or doubled.`,
    },
    {
      id: 'limits',
      title: 'Limits',
      markdown: `
| what | how many |
| --- | --- |
| calls with a key, or of one user of the dashboard | ${perMinute(LIMITS.api)} |
| calls without credentials, from one address | ${perMinute(LIMITS.anonymous)} |
| bad credentials, from one address | ${perMinute(LIMITS.badCredentials)} |
| uses of each tool in a day (UTC) | as \`GET /api/usage\` says; visitors have their own by address |
| a JSON body | ${JSON_MAX_BYTES.toLocaleString('en')} bytes, and ${JSON_MAX_DEPTH} lists and objects in each other |
| address and headers together | 16,384 bytes |

\`RateLimit-Policy\` and \`RateLimit\` say on every counted answer what the limit is and what is left of it
(draft-ietf-httpapi-ratelimit-headers-11): \`"api";r=5999;t=60\` is 5,999 calls left, until it starts anew in 60 seconds. Every
429 and 503 has \`Retry-After\`, in seconds. The limits hold over all servers of the installation together.

Credits are the other limit. A call that generates holds the tool’s price first, so the balance never goes below zero:
with too few, the answer is 402 [insufficient_credits](#insufficient_credits), and nothing was started. \`dryRun=1\` tells the
price and what is left.`,
    },
    {
      id: 'cors',
      title: 'From web pages',
      markdown: `
Every answer, errors too, may be read by pages of other origins (CORS): any, unless the operator has named those that may.
Preflights are answered for everybody. Credentials in the sense of CORS are never allowed: the dashboard’s cookie is of no use
to another site. A page calls with a key; one that everybody can read needs a server in between, or its visitors have your key.`,
    },
    {
      id: 'versions',
      title: 'Versions and deprecation',
      markdown: `
This is version 1. It grows only by what no client notices: new paths, new parameters that may be left out, new fields in
answers, new problem codes. So ignore fields that you don’t know, and treat a code that you don’t know by its status.

Whatever would break a client gets a path of its own beside this one (\`/api/v2/…\`). What is to go is marked as deprecated in the
OpenAPI document and here, and answers say so for at least six months before: \`Deprecation\` with the day from which it should
not be used any more (RFC 9745), \`Sunset\` with the day on which it ends (RFC 8594), and a \`Link\` with
\`rel="deprecation"\` to what to do instead. Nothing is deprecated now.`,
    },
  ]
}
