// Who may import whom, as lists of what is allowed: a new dependency should be a decision.

const only = (sourceTag, tags, externals) => ({
  sourceTag,
  onlyDependOnLibsWithTags: tags,
  ...(externals === undefined ? {} : { allowedExternalImports: externals }),
});
const driver = (name, externals) => ({ sourceTag: `driver:${name}`, allowedExternalImports: externals });

const upToContract = ['layer:kernel', 'layer:model', 'layer:contract'];
const upToUsecase = [...upToContract, 'layer:sdk', 'layer:usecase'];
const testLibraries = ['vitest', 'fast-check'];

/**
 * The constraints of `@nx/enforce-module-boundaries`. In test files a package may use contract suites, memory adapters
 * and shipped plugins, and the test libraries; apart from that its own rule holds.
 */
export function boundaries({ isTest }) {
  const extraTags = isTest ? ['layer:test', 'adapter:memory', 'layer:plugin'] : [];
  const extra = isTest ? testLibraries : [];
  return [
    only('layer:kernel', [], extra),
    only('layer:model', ['layer:kernel'], ['zod', ...extra]),
    only('layer:contract', ['layer:kernel', 'layer:model', ...extraTags], ['zod', 'openapi-fetch', ...extra]),
    only('layer:sdk', ['layer:kernel', 'layer:model'], ['zod', ...extra]),
    only('layer:usecase', [...upToContract, 'layer:sdk', ...extraTags], extra),
    only('layer:adapter', [...upToContract, ...extraTags]),
    only('layer:plugin', ['layer:sdk']),
    // Runs nodes on behalf of the engine, so it knows the SDK, as no other adapter does.
    only('layer:plugin-host', ['layer:kernel', 'layer:model', 'layer:sdk', ...extraTags]),
    only('layer:test', [...upToUsecase, 'adapter:memory'], testLibraries),
    only('layer:app', [...upToUsecase, 'layer:adapter', 'layer:plugin', 'layer:plugin-host', ...extraTags]),
    only('layer:web', ['layer:kernel', 'layer:model', 'contract:api']),
    only('layer:e2e', ['contract:api']),
    only('layer:dev', ['*']),
    only('layer:root', [], ['*']),
    { sourceTag: 'adapter:memory', allowedExternalImports: extra },
    driver('sqlite', extra),
    driver('mongo', ['mongoose', ...extra]),
    driver('http', extra),
    driver('plugin-process', ['zod', ...(isTest ? ['esbuild'] : []), ...extra]),
    driver('mqtt', ['aedes', 'mqtt-packet', ...(isTest ? ['mqtt'] : []), ...extra]),
    driver('mqtt-client', ['mqtt', ...extra]),
    driver('kafka', ['@platformatic/kafka', ...extra]),
    driver('rabbitmq', ['amqplib', ...extra]),
    driver('bullmq', ['bullmq', 'ioredis', ...extra]),
    driver('patterns', ['re2js', ...extra]),
    driver('coap', ['coap', ...extra]),
    driver('quickjs', ['quickjs-emscripten', 'quickjs-emscripten-core', '@jitl/*', ...extra]),
  ];
}
