import { savePost } from '@/actions/posts'
import { AddressFields } from '@/components/address-fields'
import { Collision } from '@/components/collision'
import { CoverField } from '@/components/cover-field'
import { Autosave } from '@/components/drafts/autosave'
import { DISCARD_FORM } from '@/components/drafts/unsaved-notice'
import { ContentField, type PictureLimits } from '@/components/editor/content-field'
import { ModelPanel, type PanelMaterial } from '@/components/editor/model-panel'
import { PostPreview } from '@/components/post-preview'
import { PublishingFields } from '@/components/publishing-fields'
import { Field, Hidden, TextArea } from '@/components/ui/field'
import { Form } from '@/components/ui/form'
import { SubmitButton } from '@/components/ui/submit'
import { idle } from '@/lib/http/form-state'
import type { PostView } from '@/lib/schemas/posts'
import type { PostDetails, PostDraft } from '@/lib/services/posts'
import type { PictureView } from '@/lib/services/uploads'
import type { Viewer } from '@/lib/services/viewer'

type EditorProps = {
  viewer: Viewer
  post: PostView | null
  /** What the API does not tell of it. */
  details?: PostDetails
  /** What a cover may be chosen from. */
  covers: readonly PictureView[]
  /** What pictures may be put into the text. */
  pictures: PictureLimits
  panel: PanelMaterial
  /** Made by the server with the form of a new post: sending the form twice makes one post. */
  attempt?: string
  /** What was typed and not saved, to be shown in the place of what is. */
  draft?: PostDraft | null
  /** Tells one filling of the form from another at the same address. */
  filling?: string
}

/** The editor. Its buttons send the same form with different intents, so that each saves what was typed. */
export function PostEditor({
  viewer,
  post,
  details = NEW,
  covers,
  pictures,
  panel,
  attempt = '',
  draft = null,
  filling = '',
}: EditorProps) {
  const published = post?.status === 'published'
  const base = String(draft?.base ?? post?.version ?? 0)
  return (
    // The key must not say the version: without JavaScript, an answer finds its form by it, and would be lost
    // with all that was typed just when the post has been saved elsewhere.
    <Form
      action={savePost}
      initial={draft ? { ...idle, values: draft.fields } : idle}
      key={`${post?.id ?? 'new'}${filling}`}
      className="max-w-3xl has-data-beside:max-w-none"
    >
      <Hidden name="id" value={post?.id ?? ''} />
      <Hidden name="version" value={base} />
      <Hidden name="base" value={base} />
      <Hidden name="statusBefore" value={post?.status ?? ''} />
      <Hidden name="attempt" value={attempt} />
      <Hidden name="coverUploadIdBefore" value={post?.coverUploadId ?? ''} />
      <Hidden name="tagsBefore" value={details.tags.join(', ')} />
      <Hidden name="slugBefore" value={post?.slug ?? ''} />
      {/* The first button is the one that the Enter key presses: it must neither publish nor spend credits. */}
      <button type="submit" name="intent" value="save" hidden tabIndex={-1}>
        Save
      </button>
      <Collision />
      <Field name="title" label="Title" defaultValue={post?.title ?? ''} className="font-serif text-2xl!" />
      <ContentField defaultValue={post?.content ?? ''} pictures={pictures} />
      <ModelPanel {...panel} postId={post?.id ?? null} />
      <TextArea
        name="excerpt"
        label="Excerpt"
        hint="One or two sentences for lists and feeds. Left empty, the beginning of the post is used."
        rows={2}
        defaultValue={post?.excerpt ?? ''}
      />
      <CoverField covers={covers} defaultValue={post?.coverUploadId ?? ''} />
      <AddressFields tags={details.tags} slug={post?.slug ?? ''} hasBeenPublic={!!post?.publishedAt} />
      <div className="flex flex-wrap gap-3">
        <SubmitButton name="intent" value="save" variant={published ? 'primary' : 'secondary'}>
          {published ? 'Save changes' : 'Save draft'}
        </SubmitButton>
        {published ? (
          <SubmitButton name="intent" value="unpublish" variant="secondary">
            Unpublish
          </SubmitButton>
        ) : (
          <SubmitButton name="intent" value="publish">
            Publish
          </SubmitButton>
        )}
        <SubmitButton name="intent" value="preview" variant="quiet">
          Preview
        </SubmitButton>
      </div>
      {!published && <PublishingFields publishAt={details.publishAt} />}
      <Autosave
        userId={viewer.userId}
        postId={post?.id ?? null}
        version={post?.version ?? 0}
        draft={draft}
        rendering={panel.attempt}
        discard={draft ? DISCARD_FORM : null}
      />
      <PostPreview />
    </Form>
  )
}

const NEW: PostDetails = { tags: [], publishAt: null, heldBack: false }
