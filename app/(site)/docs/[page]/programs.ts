import type { Language } from '@/lib/openapi/samples'

/** The quick start: the same four calls in each language. */
export function quickStart(address: string): Record<Language, string> {
  return {
    curl: `export INKWELL=${address}
export INKWELL_KEY=ink_…

# Write a post
curl -sS --fail-with-body "$INKWELL/api/posts" \\
  -H "Authorization: Bearer $INKWELL_KEY" \\
  -H 'Content-Type: application/json' \\
  -H 'Idempotency-Key: quick-start-post' \\
  -d '{"title":"Hello","content":"Written from **outside**."}'

# List your posts
curl -sS --fail-with-body "$INKWELL/api/posts?limit=5" \\
  -H "Authorization: Bearer $INKWELL_KEY"

# Have five titles suggested for a text
curl -sS --fail-with-body "$INKWELL/api/generate" \\
  -H "Authorization: Bearer $INKWELL_KEY" \\
  -H 'Content-Type: application/json' \\
  -H 'Idempotency-Key: quick-start-titles' \\
  -d '{"tool":"titles","text":"The lamp is lit at four, and the boats come home by it."}'

# See what is left
curl -sS --fail-with-body "$INKWELL/api/usage" \\
  -H "Authorization: Bearer $INKWELL_KEY"`,

    javascript: `const inkwell = '${address}'
const key = 'ink_…'

async function call(path, body, attempt) {
  const response = await fetch(inkwell + path, {
    method: body ? 'POST' : 'GET',
    headers: {
      Authorization: \`Bearer \${key}\`,
      ...(body && { 'Content-Type': 'application/json', 'Idempotency-Key': attempt }),
    },
    body: body && JSON.stringify(body),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(\`\${answer.code}: \${answer.detail}\`)
  return answer
}

// Write a post
const hello = { title: 'Hello', content: 'Written from **outside**.' }
const post = await call('/api/posts', hello, 'quick-start-post')
console.log('Wrote', post.id)

// List your posts
const { posts } = await call('/api/posts?limit=5')
for (const { title, status } of posts) console.log(status, title)

// Have five titles suggested for a text
const text = 'The lamp is lit at four, and the boats come home by it.'
const titles = await call('/api/generate', { tool: 'titles', text }, 'quick-start-titles')
console.log(titles.result)

// See what is left
const { credits } = await call('/api/usage')
console.log(\`It cost \${titles.credits.charged}; \${credits} credits are left\`)`,

    python: `import json
from urllib.error import HTTPError
from urllib.request import Request, urlopen

INKWELL = "${address}"
KEY = "ink_…"


def call(path, body=None, attempt=None):
    headers = {"Authorization": f"Bearer {KEY}"}
    if body is not None:
        headers |= {"Content-Type": "application/json", "Idempotency-Key": attempt}
        body = json.dumps(body).encode()
    try:
        with urlopen(Request(INKWELL + path, data=body, headers=headers)) as response:
            return json.load(response)
    except HTTPError as error:
        problem = json.load(error)
        raise SystemExit(f"{problem['code']}: {problem['detail']}")


# Write a post
hello = {"title": "Hello", "content": "Written from **outside**."}
post = call("/api/posts", hello, "quick-start-post")
print("Wrote", post["id"])

# List your posts
for one in call("/api/posts?limit=5")["posts"]:
    print(one["status"], one["title"])

# Have five titles suggested for a text
text = "The lamp is lit at four, and the boats come home by it."
titles = call("/api/generate", {"tool": "titles", "text": text}, "quick-start-titles")
print(titles["result"])

# See what is left
print(f"It cost {titles['credits']['charged']}; {call('/api/usage')['credits']} credits are left")`,
  }
}

/** A generation that is shown as it is written. */
export function streaming(): Record<Language, string> {
  return {
    curl: `curl -sSN --fail-with-body "$INKWELL/api/generate" \\
  -H "Authorization: Bearer $INKWELL_KEY" \\
  -H 'Content-Type: application/json' \\
  -H 'Accept: text/event-stream' \\
  -d '{"prompt":"A lighthouse in winter"}'`,

    javascript: `const response = await fetch(\`\${process.env.INKWELL}/api/generate\`, {
  method: 'POST',
  headers: {
    Authorization: \`Bearer \${process.env.INKWELL_KEY}\`,
    'Content-Type': 'application/json',
    Accept: 'text/event-stream',
  },
  body: JSON.stringify({ prompt: 'A lighthouse in winter' }),
})
if (!response.ok) throw new Error(await response.text())

let waiting = ''
for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
  const events = (waiting + text).split('\\n\\n')
  waiting = events.pop()
  for (const event of events) {
    const name = /^event: (.*)$/m.exec(event)?.[1]
    const data = JSON.parse(/^data: (.*)$/m.exec(event)?.[1] ?? 'null')
    if (name === 'delta') process.stdout.write(data.text)
    if (name === 'error') throw new Error(data.problem.detail)
  }
}`,

    python: `import json
import os
from urllib.request import Request, urlopen

request = Request(
    os.environ["INKWELL"] + "/api/generate",
    headers={
        "Authorization": "Bearer " + os.environ["INKWELL_KEY"],
        "Content-Type": "application/json",
        "Accept": "text/event-stream",
    },
    data=json.dumps({"prompt": "A lighthouse in winter"}).encode(),
)
with urlopen(request) as response:
    event = ""
    for line in response:
        field, _, value = line.decode().rstrip("\\n").partition(": ")
        if field == "event":
            event = value
        elif field == "data" and event == "delta":
            print(json.loads(value)["text"], end="", flush=True)
        elif field == "data" and event == "error":
            raise SystemExit(json.loads(value)["problem"]["detail"])`,
  }
}
