import 'server-only'
import { basicModel } from '@/lib/providers/model/basic'
import { remoteModel } from '@/lib/providers/model/remote'
import type { Model, ModelSettings } from '@/lib/providers/model/types'

export { estimateTokens } from '@/lib/providers/model/tokens'
export type { Model, ModelEvent, ModelRequest, ModelSettings, Usage } from '@/lib/providers/model/types'

/**
 * The model that the settings name: any OpenAI-compatible endpoint, or, without a base URL, the built-in
 * basic engine. Nothing is contacted until the first generation.
 */
export function createModel(settings: ModelSettings): Model {
  const { baseUrl } = settings
  return baseUrl === null ? basicModel() : remoteModel({ ...settings, baseUrl })
}
