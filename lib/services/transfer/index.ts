export { listLost } from '@/lib/services/transfer/export/lost'
export { exportZip } from '@/lib/services/transfer/export/zip'
export { acceptImport } from '@/lib/services/transfer/import/accept'
export { drainImports, resumeImports } from '@/lib/services/transfer/import/background'
export { importFromHere } from '@/lib/services/transfer/import/from-here'
export { findOwnerByEmail } from '@/lib/services/transfer/import/owner'
export {
  type ImportLine,
  type ImportSummary,
  listImportLines,
  listImports,
  readImport,
} from '@/lib/services/transfer/import/read'
export { IMPORT_MAX_BYTES } from '@/lib/services/transfer/limits'
export { siteAddress } from '@/lib/services/transfer/site-address'
