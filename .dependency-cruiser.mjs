/** Who may import whom: the picture in docs/architecture.md, held. */
const only = (name, from, to, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: { path: to },
})

export default {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^server-only$' },
    },
    {
      name: 'no-dev-dependencies',
      severity: 'error',
      from: { path: '^(app|actions|components|lib)/', pathNot: '\\.test\\.ts$|\\.(fixture|harness)\\.ts$' },
      to: { dependencyTypes: ['npm-dev'] },
    },
    only(
      'services-know-no-next',
      '^lib/services/',
      '^(node_modules/(next|react)/|lib/(http|auth)/|app/|actions/|components/)',
      'A service takes a viewer and input, and knows nothing of Next.js, cookies or HTTP.',
    ),
    only(
      'providers-know-no-business',
      '^lib/providers/',
      '^(lib/(services|http|auth)/|app/|actions/|components/|node_modules/next/)',
      'The outside world is told what to do; it does not ask for more.',
    ),
    only(
      'schemas-are-zod-only',
      '^lib/schemas/',
      '^(?!lib/schemas/|node_modules/zod/)',
      'Shared by forms, actions, routes and the API document: safe in the browser.',
    ),
    only(
      'meter-knows-no-generation',
      '^lib/services/(credits|usage)\\.ts$',
      '^lib/services/generations/',
      'Generation knows the meter, not the other way round.',
    ),
    only(
      'doors-go-through-services',
      '^(actions|app|components)/',
      '^(lib/(db|sql|events|migrate)\\.ts$|lib/generated/|node_modules/(pg|@prisma)/)',
      'Neither door has a rule of its own.',
    ),
    {
      ...only(
        'components-are-dumb',
        '^components/',
        '^(lib/services/|lib/auth/|lib/env\\.ts)',
        'A component takes props.',
      ),
      to: { path: '^(lib/services/|lib/auth/|lib/env\\.ts)', dependencyTypesNot: ['type-only'] },
    },
    only('actions-and-api-apart', '^app/api/', '^actions/', 'Two doors, one house.'),
    only(
      'product-knows-no-tests',
      '^(app|actions|components|lib(?!/.*\\.(test|fixture|harness)\\.ts$))',
      '^e2e/',
      'Tests know the product, not the other way round.',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    exclude: { path: '^(\\.next|lib/generated)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['react-server', 'import', 'require', 'node', 'default', 'types'],
    },
  },
}
