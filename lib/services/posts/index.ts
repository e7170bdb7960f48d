export { listPosts } from '@/lib/services/posts/list'
export { findPublished, readPost } from '@/lib/services/posts/read'
export { createPost, deletePost, updatePost } from '@/lib/services/posts/write'
